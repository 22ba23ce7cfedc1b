using System.Buffers;
using System.Globalization;
using System.Text;

namespace LiveServe.Scanning;

/// <summary>Puts versions into a style sheet's references, so that a browser that has the sheet anew fetches what it names anew.</summary>
/// <remarks>
/// Without it an imported sheet or a picture comes from the browser's memory, whatever headers it was sent with. What is inserted needs no
/// escape in any way of writing a value; all else stays as it is written.
/// </remarks>
internal static class CssVersions
{
    /// <summary>The sheet with <c>t=&lt;version&gt;</c> in each reference to a file of ours that has one; an earlier <c>t=&lt;digits&gt;</c> is replaced.</summary>
    /// <param name="css">In an encoding that <see cref="CssReferences.CanScan"/> allows.</param>
    /// <param name="sheetPath">The sheet's decoded path; it begins with a slash.</param>
    /// <param name="versionOf">From a decoded path to its version, a Unix time in milliseconds; 0 when it has none.</param>
    /// <returns><paramref name="css"/> itself when nothing in it has a version.</returns>
    public static ReadOnlyMemory<byte> Stamp(ReadOnlyMemory<byte> css, string sheetPath, Func<string, long> versionOf)
    {
        ArrayBufferWriter<byte>? stamped = null;
        var from = 0;
        foreach (var reference in CssReferences.In(css.Span))
        {
            var endsInEscape = reference.Offset + reference.Length == css.Length && css.Span[^1] == '\\'; // which would take what is inserted
            if (endsInEscape || LocalReference.Resolve(reference.Value, sheetPath) is not { } path || versionOf(path) is not (> 0 and var version))
            {
                continue;
            }

            stamped ??= new ArrayBufferWriter<byte>(css.Length + 1024);
            stamped.Write(css.Span[from..reference.Offset]);
            Stamp(stamped, css.Span.Slice(reference.Offset, reference.Length), version);
            from = reference.Offset + reference.Length;
        }

        stamped?.Write(css.Span[from..]);
        return stamped?.WrittenMemory ?? css;
    }

    // Cut where the text behind the escapes says, in pieces as they are written: path, other parts of the query, t, fragment. The client's
    // stampAddress gives the same order, so that both name one address.
    private static void Stamp(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> written, long version)
    {
        var offsets = new List<int>();
        var text = CssText.Decode(written, offsets)!.TrimEnd([.. Enumerable.Range(0, 33).Select(c => (char)c)]); // as a browser trims it
        var fragment = text.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash ? hash : text.Length;
        var query = text.IndexOf('?', 0, fragment) is >= 0 and var mark ? mark : fragment;
        to.Write(written[..offsets[query]]);
        to.Write("?"u8);
        for (var at = query + 1; at < fragment;)
        {
            var end = text.IndexOf('&', at, fragment - at) is >= 0 and var next ? next : fragment;
            if (end > at && !IsVersion(text.AsSpan(at, end - at)))
            {
                to.Write(written[offsets[at]..offsets[end]]);
                to.Write("&"u8);
            }

            at = end + 1;
        }

        to.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"t={version}")));
        to.Write(written[offsets[fragment]..]);
    }

    /// <summary>Whether one part of a query is a version: <c>t=</c> and digits.</summary>
    public static bool IsVersion(ReadOnlySpan<char> part) => part.Length > 2 && part.StartsWith("t=") && !part[2..].ContainsAnyExceptInRange('0', '9');
}
