namespace LiveServe.Content;

/// <summary>The kinds of document that a browser shows as a page of its own and that can run a script.</summary>
internal enum MarkupKind
{
    /// <summary>text/html.</summary>
    Html,

    /// <summary>application/xhtml+xml.</summary>
    Xhtml,

    /// <summary>image/svg+xml.</summary>
    Svg,
}
