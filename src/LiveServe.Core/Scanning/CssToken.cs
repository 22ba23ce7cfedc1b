namespace LiveServe.Scanning;

/// <summary>What a token is, as far as references depend on it.</summary>
internal enum CssToken
{
    /// <summary>There is nothing left.</summary>
    End,

    /// <summary>A name, a number, a hash, a delimiter, a bad string or a bad URL: nothing that matters here.</summary>
    Other,

    /// <summary>White space, a comment, or one of the marks <c>&lt;!--</c> and <c>--&gt;</c>.</summary>
    Space,

    /// <summary>A string; its value is between its quotes.</summary>
    String,

    /// <summary>An unquoted <c>url()</c>; its value is between its parentheses, without white space.</summary>
    Url,

    /// <summary>A name and its opening parenthesis.</summary>
    Function,

    /// <summary>An at-sign and a name.</summary>
    AtKeyword,

    /// <summary>One of <c>( [</c>.</summary>
    Open,

    /// <summary>One of <c>) ]</c>.</summary>
    Close,

    /// <summary>A <c>{</c>.</summary>
    OpenBlock,

    /// <summary>A <c>}</c>.</summary>
    CloseBlock,

    /// <summary>A <c>;</c>.</summary>
    Semicolon,
}
