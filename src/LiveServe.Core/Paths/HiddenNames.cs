namespace LiveServe.Paths;

/// <summary>Whether a name may be served.</summary>
internal enum Visibility
{
    /// <summary>An ordinary file.</summary>
    Open,

    /// <summary>A dotfile: 404, unless the user asked for dotfiles.</summary>
    Hidden,

    /// <summary>Keys, credentials, repositories: 404, whatever the user asked for.</summary>
    Secret,
}

/// <summary>The names that are answered with 404 although they exist.</summary>
/// <remarks>Names are compared without case, since some disks do.</remarks>
internal static class HiddenNames
{
    private static readonly HashSet<string> SecretNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ".git", ".npmrc", ".htpasswd", ".ssh", "id_rsa", "id_ed25519", "dbConfig.json",
        "liveserve.json", // our own settings may hold a password
    };

    private static readonly HashSet<string> SecretExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".pem", ".key", ".p12", ".pfx", ".jks", ".kdbx",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Secrets = SecretNames.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Extensions = SecretExtensions.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HashSet<string> WindowsDevices = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The strictest verdict over all segments of a decoded path.</summary>
    public static Visibility Judge(RequestTarget target)
    {
        var (verdict, isFirst) = (Visibility.Open, true);
        foreach (var part in target.Path.AsSpan().Split('/'))
        {
            var name = target.Path.AsSpan()[part];
            if (!name.IsEmpty)
            {
                var one = Judge(name, isFirst);
                (verdict, isFirst) = (one > verdict ? one : verdict, false);
            }
        }

        return verdict;
    }

    /// <summary>The verdict on one name.</summary>
    /// <param name="isFirst">Whether it stands at the root.</param>
    public static Visibility Judge(ReadOnlySpan<char> name, bool isFirst)
    {
        if (Secrets.Contains(name)
            || name.StartsWith(".env", StringComparison.OrdinalIgnoreCase)
            || Extensions.Contains(Path.GetExtension(name))
            || (OperatingSystem.IsWindows() && NamesSomethingElseOnWindows(name.ToString())))
        {
            return Visibility.Secret;
        }

        // "." counts too: browsers never send it, and "x/." opens x.
        return name[0] == '.' && !(isFirst && name is ".well-known") ? Visibility.Hidden : Visibility.Open;
    }

    // Devices, 8.3 short names and trailing dots or spaces open a file of another name.
    private static bool NamesSomethingElseOnWindows(string name)
    {
        var tilde = name.IndexOf('~');
        return WindowsDevices.Contains(name.Split('.')[0])
            || name[^1] is '.' or ' '
            || (tilde >= 0 && tilde + 1 < name.Length && char.IsAsciiDigit(name[tilde + 1]));
    }
}
