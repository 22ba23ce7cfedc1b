using Acornima;

namespace LiveServe.Scanning;

/// <summary>The files that a script names where a browser would load them.</summary>
/// <remarks>
/// ECMAScript §16.2 (imports, exports), WHATWG HTML §10 (workers). By tokens, not by a tree: what must be seen is told by the tokens around a
/// string, a file that does not parse is read as far as it goes, and nothing recurses, however deep a file nests. Acornima's tokenizer
/// knows a regular expression from a division. What a script makes up at run time is not here; the page tells of it.
/// </remarks>
internal static class JsReferences
{
    /// <summary>Longer scripts, in characters, are not scanned.</summary>
    public const int MaximumLength = 2 * 1024 * 1024;

    // Behind a token that is none, reading goes on at the next line, this many times: a file of such lines must not be read over and over.
    private const int MaximumErrors = 64;

#pragma warning disable CS0618 // The type goes in the next major version; until then the default checks every pattern, and fails on what it does not know.
    private static readonly TokenizerOptions Options = new() { Tolerant = true, RegExpParseMode = RegExpParseMode.Skip };
#pragma warning restore CS0618

    /// <summary>
    /// The decoded paths: of <c>import</c> and <c>export … from</c>, <c>import('x')</c>, <c>new URL('x', import.meta.url)</c>,
    /// <c>importScripts('x')</c>, <c>new Worker('x')</c> and <c>new SharedWorker('x')</c>.
    /// </summary>
    /// <param name="scriptPath">
    /// The script's decoded path; of a script inside a page, the page's base. A worker's address is relative to the page, which a script
    /// of its own does not know: it is taken for a neighbour.
    /// </param>
    public static HashSet<string> Of(string text, string scriptPath)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (text.Length > MaximumLength)
        {
            return found;
        }

        var from = 0;
        for (var errors = 0; from >= 0 && from < text.Length && errors < MaximumErrors; errors++)
        {
            from = Read(text, from, new JsTrail(scriptPath, found));
        }

        return found;
    }

    // Where to go on; -1 when all is read.
    private static int Read(string text, int from, JsTrail trail)
    {
        var tokens = new Tokenizer(text, from, text.Length - from, SourceType.Script, null, Options);
        try
        {
            for (tokens.Next(); tokens.Current.Kind != TokenKind.EOF; tokens.Next())
            {
                trail.Follow(tokens.Current, text);
            }

            return -1;
        }
        catch (ParseErrorException error)
        {
            var line = text.IndexOf('\n', Math.Clamp(error.Error!.Index, from, text.Length));
            return line < 0 ? -1 : line + 1;
        }
    }
}
