using System.Security.Cryptography;
using System.Text;
using LiveServe.Protocol;

namespace LiveServe.Chat;

/// <summary>What all logs have in common.</summary>
internal static class RoomEntries
{
    /// <summary>The public id of who sent it.</summary>
    public static string SenderOf(RoomMessage message) => message switch
    {
        ChatMessage chat => chat.From.User,
        EditedMessage edited => edited.By.User,
        DeletedMessage deleted => deleted.By.User,
        _ => throw new InvalidOperationException($"{message.GetType().Name} has no sender."),
    };

    /// <summary>A name for a run of numbers.</summary>
    public static string NewEpoch() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    /// <summary>What is kept of a browser's secret. It has 128 random bits, so nothing has to be added to them.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
