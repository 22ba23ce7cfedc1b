namespace LiveServe.Scanning;

/// <summary>How a style sheet names another file.</summary>
internal enum CssReferenceKind
{
    /// <summary>The sheet of an <c>@import</c>, written in whichever way.</summary>
    Import,

    /// <summary>A <c>url()</c> or <c>src()</c>.</summary>
    Url,

    /// <summary>A bare string in <c>image-set()</c>.</summary>
    ImageSet,
}

/// <summary>One place in a style sheet that names another file.</summary>
/// <param name="Offset">Where the written value begins, in bytes, behind its quote if it has one.</param>
/// <param name="Length">How long the written value is, in bytes, without quotes.</param>
/// <param name="Quote">The quote it stands in, or NUL when it stands in none.</param>
/// <param name="Value">The value without CSS's escapes.</param>
internal readonly record struct CssReference(int Offset, int Length, char Quote, string Value, CssReferenceKind Kind);
