using System.Globalization;
using LiveServe.Files;

namespace LiveServe.Serving;

/// <summary>
/// What dates tell about a version of a file. HTTP's count whole seconds, so a second that is not over yet tells nothing: another edit in it
/// would have the same date.
/// </summary>
/// <remarks>
/// RFC 9110 §8.8.2. Programs set a file's modification time as they like (unzipping, <c>cp -p</c>, checkouts); when that happened they cannot set.
/// The first is shown, both are compared: a file put in place of another, with that one's date, was never stale.
/// </remarks>
/// <param name="LastModified">The header's value; <see langword="null"/> while no honest one can be given.</param>
/// <param name="Changed">The second in which the file became what it is.</param>
/// <param name="IsStrong">Whether that second was over when the date was given.</param>
internal sealed record FileDates(string? LastModified, DateTimeOffset Changed, bool IsStrong)
{
    private const long Second = 1_000_000_000;

    private static readonly string[] Forms = ["ddd, dd MMM yyyy HH:mm:ss 'GMT'", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    /// <summary>The dates of a file that is looked at when it is <paramref name="now"/>, by <see cref="FileClock"/>.</summary>
    public static FileDates Of(FileStat stat, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        var (modified, became) = (Floor(stat.ModifiedNs), Floor(stat.ChangedNs));

        // A date in the future is not sent (§8.8.2.1): the file is as new as this answer, and no copy is known to be good.
        var shown = became >= seconds || modified == seconds ? (long?)null : Math.Min(modified, seconds);
        return new FileDates(shown is { } second ? Text(second) : null, At(Math.Max(modified, became)), Math.Max(modified, became) < seconds);
    }

    /// <summary>Reads a date in a header; <see langword="null"/> when it is none, or there are several. RFC 9110 §5.6.7, all three forms.</summary>
    public static DateTimeOffset? Parse(Microsoft.Extensions.Primitives.StringValues header) =>
        header.Count == 1 && DateTimeOffset.TryParseExact(
            header[0].AsSpan().Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date) ? date : null;

    private static long Floor(long ns) => ns >= 0 ? ns / Second : ((ns + 1) / Second) - 1;

    private static string Text(long second) => At(second).ToString("R", CultureInfo.InvariantCulture);

    // Some file systems hold dates that the calendar does not.
    private static DateTimeOffset At(long second) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(second, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
}
