namespace LiveServe.Injection;

/// <summary>A start tag's attributes, one after the other. The only reader of tags here: where a tag ends depends on where its values do.</summary>
/// <remarks>
/// HTML §13.2.5.8 and §13.2.5.32–40; well-formed XML is read alike. A quote counts only where a value begins, a name may begin with
/// <c>=</c>, and in an unquoted value both are characters. Linear, never throws.
/// </remarks>
internal ref struct TagReader
{
    private readonly CodeUnits _units;
    private int _at;
    private int _nameStart;
    private int _nameEnd;

    /// <summary>Stands behind the name of the tag whose <c>&lt;</c> is at <paramref name="tag"/>.</summary>
    public TagReader(CodeUnits units, int tag)
    {
        _units = units;
        _at = tag + 1;
        SkipUntil("/>");
    }

    /// <summary>Behind the tag's <c>&gt;</c>, once all attributes are read; -1 when the input ends first.</summary>
    public int End { get; private set; } = -1;

    /// <summary>Whether the tag closes itself, which matters in XML only.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Where the current attribute's value stands, with its quotes; empty when it has none.</summary>
    public Range Value { get; private set; }

    /// <summary>Whether the current attribute is called lower-case <paramref name="name"/>, in any case.</summary>
    public readonly bool IsNamed(string name) => _nameEnd - _nameStart == name.Length && _units.StartsWith(_nameStart, name);

    /// <summary>Reads the next attribute; <see langword="false"/> when there is none left.</summary>
    public bool Next()
    {
        for (; _at < _units.Length && (IsSpace(_units[_at]) || _units[_at] == '/'); _at++)
        {
            IsEmpty = _units[_at] == '/';
        }

        if (_at >= _units.Length || _units[_at] == '>')
        {
            IsEmpty &= _at < _units.Length && _units[_at - 1] == '/';
            End = _at < _units.Length ? _at + 1 : -1;
            return false;
        }

        IsEmpty = false;
        _nameStart = _at++;
        SkipUntil("/>=");
        _nameEnd = _at;
        Value = default;
        var equals = AfterSpace(_at);
        if (equals < _units.Length && _units[equals] == '=')
        {
            _at = AfterSpace(equals + 1);
            ReadValue();
        }

        return true;
    }

    /// <summary>Where the tag at <paramref name="tag"/> ends; the input's length when it does not.</summary>
    public static int Skip(CodeUnits units, int tag, out bool isEmpty)
    {
        var reader = new TagReader(units, tag);
        while (reader.Next())
        {
        }

        isEmpty = reader.IsEmpty;
        return reader.End < 0 ? units.Length : reader.End;
    }

    private void ReadValue()
    {
        var start = _at;
        if (_at < _units.Length && _units[_at] is '"' or '\'')
        {
            var quote = _units[_at++];
            while (_at < _units.Length && _units[_at] != quote)
            {
                _at++;
            }

            _at = Math.Min(_at + 1, _units.Length);
        }
        else
        {
            SkipUntil(">");
        }

        Value = start.._at;
    }

    private void SkipUntil(string ends)
    {
        while (_at < _units.Length && !IsSpace(_units[_at]) && !ends.Contains(_units[_at]))
        {
            _at++;
        }
    }

    private readonly int AfterSpace(int at)
    {
        while (at < _units.Length && IsSpace(_units[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';
}
