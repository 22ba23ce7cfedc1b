namespace LiveServe.Scanning;

/// <summary>Cuts a style sheet into tokens.</summary>
/// <remarks>
/// CSS Syntax Level 3 §4.3, over bytes. A byte from 0x80 up and NUL are name bytes, which is right for UTF-8 and for encodings of one byte.
/// Each byte is looked at a bounded number of times; nothing is allocated; any input is taken.
/// </remarks>
internal ref struct CssTokenizer(ReadOnlySpan<byte> css)
{
    private readonly ReadOnlySpan<byte> _css = css;
    private int _at;

    /// <summary>The name of a function or at-keyword: where it stands.</summary>
    public Range Name { get; private set; }

    /// <summary>The value of a string or URL: where it stands.</summary>
    public Range Value { get; private set; }

    /// <summary>A string's quote; NUL for a URL.</summary>
    public char Quote { get; private set; }

    /// <summary>Reads the next token (§4.3.1).</summary>
    public CssToken Next()
    {
        if (_at >= _css.Length)
        {
            return CssToken.End;
        }

        var start = _at;
        switch (_css[_at])
        {
            case (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f':
                SkipSpace();
                return CssToken.Space;
            case (byte)'/' when At(1) == '*':
                var end = _css[(_at + 2)..].IndexOf("*/"u8);
                _at = end < 0 ? _css.Length : _at + 2 + end + 2;
                return CssToken.Space;
            case (byte)'<' when _css[_at..].StartsWith("<!--"u8):
                _at += 4;
                return CssToken.Space;
            case (byte)'-' when _css[_at..].StartsWith("-->"u8):
                _at += 3;
                return CssToken.Space;
            case (byte)'"' or (byte)'\'':
                return ReadString();
            case (byte)'(' or (byte)'[':
                _at++;
                return CssToken.Open;
            case (byte)')' or (byte)']':
                _at++;
                return CssToken.Close;
            case (byte)'{':
                _at++;
                return CssToken.OpenBlock;
            case (byte)'}':
                _at++;
                return CssToken.CloseBlock;
            case (byte)';':
                _at++;
                return CssToken.Semicolon;
            case (byte)'@':
                _at++;
                if (!StartsName(_at))
                {
                    return CssToken.Other;
                }

                SkipName();
                Name = (start + 1).._at;
                return CssToken.AtKeyword;
            case (byte)'#':
                _at++;
                SkipName(); // "#url(" is a hash, and then a parenthesis
                return CssToken.Other;
        }

        if (StartsNumber())
        {
            SkipNumber();
            if (StartsName(_at))
            {
                SkipName(); // "1url(" is a dimension, and then a parenthesis
            }

            return CssToken.Other;
        }

        if (!StartsName(_at))
        {
            _at++;
            return CssToken.Other;
        }

        SkipName();
        Name = start.._at;
        return At(0) == '(' ? ReadFunction() : CssToken.Other;
    }

    // §4.3.4. What ends with the file is a string; what ends with its line is a bad one.
    private CssToken ReadString()
    {
        var quote = _css[_at++];
        var start = _at;
        while (_at < _css.Length && _css[_at] != quote)
        {
            if (CssText.IsNewline(_css[_at]))
            {
                return CssToken.Other;
            }

            if (_css[_at] == '\\' && _at + 1 == _css.Length)
            {
                break; // a backslash and then the end: nothing
            }

            _at += _css[_at] == '\\' ? CssText.EscapeLength(_css, _at) : 1;
        }

        (Value, Quote) = (start.._at, (char)quote);
        _at = Math.Min(_at + 1, _css.Length);
        return CssToken.String;
    }

    // §4.3.3: a url( whose value is quoted is a function like others.
    private CssToken ReadFunction()
    {
        _at++;
        if (!CssText.Is(_css[Name], "url"u8))
        {
            return CssToken.Function;
        }

        var value = _at;
        while (value < _css.Length && CssText.IsSpace(_css[value]))
        {
            value++;
        }

        if (value < _css.Length && _css[value] is (byte)'"' or (byte)'\'')
        {
            return CssToken.Function;
        }

        _at = value;
        return ReadUrl();
    }

    // §4.3.6
    private CssToken ReadUrl()
    {
        var start = _at;
        while (_at < _css.Length && _css[_at] != ')')
        {
            var b = _css[_at];
            if (CssText.IsSpace(b))
            {
                var end = _at;
                SkipSpace();
                return _at >= _css.Length || _css[_at] == ')' ? EndUrl(start, end) : SkipBadUrl();
            }

            var valid = b == '\\' ? At(1) is not ('\n' or '\r' or '\f') : b is not ((byte)'"' or (byte)'\'' or (byte)'(') && !IsNonPrintable(b);
            if (!valid)
            {
                return SkipBadUrl();
            }

            _at += b == '\\' ? CssText.EscapeLength(_css, _at) : 1;
        }

        return EndUrl(start, _at);
    }

    private CssToken EndUrl(int start, int end)
    {
        (Value, Quote) = (start..end, '\0');
        _at = Math.Min(_at + 1, _css.Length);
        return CssToken.Url;
    }

    // §4.3.14
    private CssToken SkipBadUrl()
    {
        while (_at < _css.Length && _css[_at] != ')')
        {
            _at += _css[_at] == '\\' && At(1) is not ('\n' or '\r' or '\f') ? CssText.EscapeLength(_css, _at) : 1;
        }

        _at = Math.Min(_at + 1, _css.Length);
        return CssToken.Other;
    }

    // NUL is not among them: it has become U+FFFD before tokens are cut (§3.3).
    private static bool IsNonPrintable(byte b) => b is (>= 1 and <= 8) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F;

    private void SkipSpace()
    {
        while (_at < _css.Length && CssText.IsSpace(_css[_at]))
        {
            _at++;
        }
    }

    private void SkipName()
    {
        while (_at < _css.Length && (CssText.IsName(_css[_at]) || IsEscape(_at)))
        {
            _at += _css[_at] == '\\' ? CssText.EscapeLength(_css, _at) : 1;
        }
    }

    // §4.3.9
    private readonly bool StartsName(int at)
    {
        if (at < _css.Length && _css[at] == '-')
        {
            at++;
            return at < _css.Length && (_css[at] == '-' || CssText.IsNameStart(_css[at]) || IsEscape(at));
        }

        return at < _css.Length && (CssText.IsNameStart(_css[at]) || IsEscape(at));
    }

    // §4.3.8
    private readonly bool IsEscape(int at) => _css[at] == '\\' && !(at + 1 < _css.Length && CssText.IsNewline(_css[at + 1]));

    // §4.3.10
    private readonly bool StartsNumber()
    {
        var sign = _css[_at] is (byte)'+' or (byte)'-' ? 1 : 0;
        return char.IsAsciiDigit((char)At(sign)) || (At(sign) == '.' && char.IsAsciiDigit((char)At(sign + 1)));
    }

    // §4.3.13
    private void SkipNumber()
    {
        _at += _css[_at] is (byte)'+' or (byte)'-' ? 1 : 0;
        SkipDigits();
        if (At(0) == '.' && char.IsAsciiDigit((char)At(1)))
        {
            _at++;
            SkipDigits();
        }

        var sign = At(1) is '+' or '-' ? 1 : 0;
        if (At(0) is 'e' or 'E' && char.IsAsciiDigit((char)At(1 + sign)))
        {
            _at += 1 + sign;
            SkipDigits();
        }
    }

    private void SkipDigits()
    {
        while (_at < _css.Length && char.IsAsciiDigit((char)_css[_at]))
        {
            _at++;
        }
    }

    // The byte that many places on, or NUL: whoever asks for a newline, a digit or a sign is not misled by that.
    private readonly int At(int ahead) => _at + ahead < _css.Length ? _css[_at + ahead] : 0;
}
