using LiveServe.Content;

namespace LiveServe.Scanning;

/// <summary>From what a file writes to the path it is requested by on this server.</summary>
/// <remarks>
/// WHATWG URL §4.4 (path and relative states), §4.5 (trimming), as a browser applies it before it sends a request; the result is then
/// decoded once, as our server decodes the request. Pure.
/// </remarks>
internal static class LocalReference
{
    /// <summary>Longer addresses, in characters, are answered by nobody here.</summary>
    public const int MaximumLength = 8192;

    /// <summary>The decoded path, without query and fragment.</summary>
    /// <param name="reference">As written, without the escapes of the language it is written in.</param>
    /// <param name="basePath">The decoded path of what it is relative to; it begins with a slash.</param>
    /// <returns>
    /// <see langword="null"/> when it is empty or a fragment only, names a scheme or a host (whichever it is: our own origin is not known
    /// here), or would be refused by the server (escapes that are none, control characters, <c>..</c> behind an escaped slash).
    /// </returns>
    public static string? Resolve(string reference, string basePath)
    {
        var text = Cleaned(reference);
        if (text.Length is 0 or > MaximumLength || text[0] == '#' || HasScheme(text))
        {
            return null;
        }

        var end = text.AsSpan().IndexOfAny('?', '#');
        var written = (end < 0 ? text : text[..end]).Replace('\\', '/'); // to a browser, both are slashes
        if (written.Length == 0)
        {
            return basePath; // "?x": the same file with another query
        }

        if (written.StartsWith("//", StringComparison.Ordinal))
        {
            return null;
        }

        var segments = new List<string>();
        if (written[0] != '/')
        {
            segments.AddRange(basePath[..basePath.LastIndexOf('/')].Split('/').Skip(1).Select(segment => segment.Replace("%", "%25", StringComparison.Ordinal)));
        }

        Walk(segments, written[0] == '/' ? written[1..] : written);
        return PercentEncoding.Decode(string.Join('/', segments)) is { } path && !path.Any(c => char.IsControl(c) || c == '\\') ? Collapsed("/" + path) : null;
    }

    // Dot segments go before the escapes do, and may themselves be escaped. A last one leaves a slash.
    private static void Walk(List<string> segments, string written)
    {
        var parts = written.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            var dots = parts[i].Replace("%2e", ".", StringComparison.OrdinalIgnoreCase);
            if (dots is not ("." or ".."))
            {
                segments.Add(parts[i]);
                continue;
            }

            if (dots == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }

            if (i == parts.Length - 1)
            {
                segments.Add("");
            }
        }
    }

    private static string Cleaned(string reference)
    {
        var from = 0;
        var to = reference.Length;
        while (from < to && reference[from] <= ' ')
        {
            from++;
        }

        while (to > from && reference[to - 1] <= ' ')
        {
            to--;
        }

        // "data:" and the like may be long: they are told by their beginning.
        var text = reference[from..Math.Min(to, from + MaximumLength + 1)];
        return text.AsSpan().IndexOfAny('\t', '\n', '\r') < 0 ? text
            : text.Replace("\t", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
    }

    private static bool HasScheme(string text)
    {
        var end = 0;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '+' or '-' or '.'))
        {
            end++;
        }

        return end < text.Length && text[end] == ':' && char.IsAsciiLetter(text[0]);
    }

    // What an escaped slash hid is a dot segment to the server, and refused or hidden there.
    private static string? Collapsed(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal))
        {
            path = path.Replace("//", "/", StringComparison.Ordinal);
        }

        return path.Contains("/.", StringComparison.Ordinal) && path.Split('/').Any(segment => segment is "." or "..") ? null : path;
    }
}
