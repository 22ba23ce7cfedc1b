using Microsoft.Extensions.Logging;

namespace LiveServe.Hosting;

/// <summary>What there is to say, in an app's log.</summary>
internal static class EventLog
{
    /// <summary>Writes one event, or nothing.</summary>
    public static void Write(ILogger log, ServerEvent happened)
    {
        if (LineOf(happened) is var (level, text) && log.IsEnabled(level))
        {
            log.Log(level, "{Message}", text);
        }
    }

    /// <summary>How loudly what is said; <see langword="null"/> for what only a terminal or an editor is for. Pure.</summary>
    public static (LogLevel Level, string Text)? LineOf(ServerEvent happened) => happened switch
    {
        WarningRaised warning => (LogLevel.Warning, $"{warning.Message} {warning.Hint}".TrimEnd()),
        UpdateSent { IsRepeat: true } => null, // the log may be a file in the web root
        UpdateSent { Items.Count: 0 } sent => (LogLevel.Debug, $"{string.Join(", ", sent.Files)} changed; no open page uses it."),
        UpdateSent sent => (LogLevel.Information,
            $"{string.Join(", ", sent.Files)} changed: {string.Join(", ", sent.Items.Select(item => item.Kind).Distinct())}, pages: {sent.Pages}."),
        UpdateApplied applied => (LogLevel.Debug, $"{applied.Page}: {applied.Result} {applied.Why}".TrimEnd()),
        PageProblemReported problem => (LogLevel.Warning, $"A page reports: {problem.Message}{Place(problem.File, problem.Line)}"),
        ConsoleReported said => (LogLevel.Warning, $"A page's console: {said.Text}{Place(said.File, said.Line)}"),
        _ => null,
    };

    private static string Place(string? file, int? line) => file is null ? "" : line is null ? $" ({file})" : $" ({file}:{line})";
}
