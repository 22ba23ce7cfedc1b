namespace LiveServe.Cli.Settings;

/// <summary>What is asked for, by flags, environment, file and defaults together.</summary>
/// <param name="Serve">For the server.</param>
/// <param name="Output">How it is told.</param>
/// <param name="Open">The path to open in a browser, or <see langword="null"/>.</param>
/// <param name="Browser">The browser to open it in, or <see langword="null"/> for the system's own.</param>
/// <param name="File">The file that settings were read from, or <see langword="null"/>: a change of it starts the server anew.</param>
/// <param name="Fingerprint">Of all that was said: the same for two readings that mean the same.</param>
internal sealed record Invocation(LiveServeOptions Serve, OutputMode Output, string? Open, string? Browser, string? File = null, string Fingerprint = "");

/// <summary>How much is printed, and in which form.</summary>
internal sealed record OutputMode(bool Quiet, bool Verbose, bool Json, bool Color);
