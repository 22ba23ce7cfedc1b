namespace LiveServe.Scanning;

/// <summary>Where a style sheet names other files.</summary>
/// <remarks>
/// CSS Syntax Level 3 (tokens, at-rules), CSS Values Level 4 §4.5 (<c>url()</c>, <c>src()</c>), CSS Cascade Level 5 §2 (where an
/// <c>@import</c> counts), CSS Images Level 4 §2.4 (<c>image-set()</c>). Other strings name nothing, and the condition of an at-rule loads
/// nothing. Brackets are counted, not matched: a sheet that mixes them up may show more references than a browser follows, never fewer in
/// rules that are well-formed. Linear; memory for the results only.
/// </remarks>
internal static class CssReferences
{
    // Encodings in which a byte below 0x80 is always the ASCII character. In Shift_JIS, GBK and Big5 a backslash or a quote may be half of
    // another character, and in UTF-16 every second byte is.
    private static readonly string[] Scannable =
        ["utf-8", "utf8", "us-ascii", "ascii", "latin1", "iso-8859-", "iso8859-", "windows-12", "windows-874", "cp125", "koi8-", "macintosh", "x-mac-", "ibm866"];

    /// <summary>
    /// Whether a sheet in this encoding can be read here: UTF-8, or one ASCII-compatible byte per character. The caller asks before it
    /// scans, with what <see cref="Content.Charset.Of"/> says of the sheet's bytes; what that does not know is not read.
    /// </summary>
    public static bool CanScan(string? charset) =>
        charset is not null && Array.Exists(Scannable, known => charset.StartsWith(known, StringComparison.OrdinalIgnoreCase));

    /// <summary>The references, in order. Values of more than <see cref="LocalReference.MaximumLength"/> bytes (data) and empty ones are left out, as are values that are not UTF-8.</summary>
    /// <param name="css">In an encoding that can be scanned; a byte order mark is skipped.</param>
    /// <param name="isSheet">Whether it is a sheet: in the value of a <c>style</c> attribute nothing is imported.</param>
    public static List<CssReference> In(ReadOnlySpan<byte> css, bool isSheet = true)
    {
        var mark = css.StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Reader(css[mark..], isSheet);
        var found = new List<CssReference>();
        while (reader.Next(out var value, out var quote, out var kind))
        {
            var (offset, length) = value.GetOffsetAndLength(css.Length);
            if (length is > 0 and <= LocalReference.MaximumLength && CssText.Decode(css.Slice(mark + offset, length)) is { } text)
            {
                found.Add(new CssReference(mark + offset, length, quote, text, kind));
            }
        }

        return found;
    }

    /// <summary>What a string would be that comes next.</summary>
    private enum Wanted
    {
        Nothing,
        ImportedSheet,
        ImportedAddress,
        Address,
    }

    private ref struct Reader(ReadOnlySpan<byte> css, bool isSheet)
    {
        private readonly ReadOnlySpan<byte> _css = css;
        private CssTokenizer _tokens = new(css);
        private Wanted _wanted;
        private bool _mayImport = isSheet;  // no rule has come yet
        private bool _startsRule = isSheet; // an at-sign here begins an at-rule
        private int _depth;                 // open brackets of any shape
        private int _imageSet = -1;         // the depth inside of an image-set()
        private int _prelude = -1;          // the depth of an at-rule whose block or semicolon has not come

        public bool Next(out Range value, out char quote, out CssReferenceKind kind)
        {
            for (var token = _tokens.Next(); token != CssToken.End; token = _tokens.Next())
            {
                if (token == CssToken.Space)
                {
                    continue;
                }

                var wanted = _wanted;
                _wanted = Wanted.Nothing;
                if (Kind(token, wanted) is { } found)
                {
                    (value, quote, kind, _startsRule) = (_tokens.Value, _tokens.Quote, found, false);
                    return true;
                }

                Follow(token, wanted);
            }

            (value, quote, kind) = (default, default, default);
            return false;
        }

        private readonly CssReferenceKind? Kind(CssToken token, Wanted wanted) => (token, wanted) switch
        {
            (CssToken.String, Wanted.ImportedSheet or Wanted.ImportedAddress) => CssReferenceKind.Import,
            (CssToken.Url, Wanted.ImportedSheet) => CssReferenceKind.Import,
            (CssToken.String, Wanted.Address) => CssReferenceKind.Url,
            (CssToken.Url, _) when _prelude < 0 => CssReferenceKind.Url,
            (CssToken.String, _) when _imageSet == _depth && _prelude < 0 => CssReferenceKind.ImageSet,
            _ => null,
        };

        private void Follow(CssToken token, Wanted wanted)
        {
            if (token == CssToken.AtKeyword && _startsRule)
            {
                BeginAtRule();
            }
            else if (token == CssToken.Function)
            {
                BeginFunction(wanted);
            }
            else if (token is CssToken.Open or CssToken.OpenBlock)
            {
                _mayImport &= _depth > 0 || token == CssToken.Open; // a rule with a block: imports are over
                _prelude = token == CssToken.OpenBlock && _prelude == _depth ? -1 : _prelude;
                _depth++;
            }
            else if (token is CssToken.Close or CssToken.CloseBlock)
            {
                _depth = Math.Max(_depth - 1, 0);
                _imageSet = _imageSet > _depth ? -1 : _imageSet;
                _prelude = _prelude > _depth ? -1 : _prelude;
            }
            else if (token == CssToken.Semicolon && _prelude == _depth)
            {
                _prelude = -1;
            }

            _startsRule = token is CssToken.OpenBlock or CssToken.CloseBlock or CssToken.Semicolon;
        }

        private void BeginAtRule()
        {
            var name = _css[_tokens.Name];
            _prelude = _depth;
            if (_depth > 0 || !_mayImport)
            {
                return;
            }

            // A statement (@charset, @layer, one that no browser knows) does not keep imports from following; @namespace does.
            _wanted = CssText.Is(name, "import"u8) ? Wanted.ImportedSheet : Wanted.Nothing;
            _mayImport = !CssText.Is(name, "namespace"u8);
        }

        private void BeginFunction(Wanted wanted)
        {
            var name = _css[_tokens.Name];
            _depth++;
            if (CssText.Is(name, "url"u8) || CssText.Is(name, "src"u8))
            {
                _wanted = wanted == Wanted.ImportedSheet ? Wanted.ImportedAddress : _prelude < 0 ? Wanted.Address : Wanted.Nothing;
            }
            else if (_prelude < 0 && _imageSet < 0 && (CssText.Is(name, "image-set"u8) || CssText.Is(name, "-webkit-image-set"u8)))
            {
                _imageSet = _depth;
            }
        }
    }
}
