namespace LiveServe.Certificates;

/// <summary>A certificate that cannot be used, and what the user can do about it.</summary>
/// <param name="message">One sentence: what happened, to which file.</param>
/// <param name="remedy">One sentence: what to do.</param>
internal sealed class CertificateException(string message, string remedy) : Exception(message)
{
    /// <summary>What to do about it.</summary>
    public string Remedy { get; } = remedy;
}
