using Microsoft.Extensions.Logging;

namespace LiveServe.Hosting;

/// <summary>What there is to say, in an app's log.</summary>
internal static class EventLog
{
    /// <summary>Writes one event, or nothing.</summary>
    public static void Write(ILogger log, ServerEvent happened)
    {
        switch (happened)
        {
            case WarningRaised { Hint: null } warning:
                log.LogWarning("{Message}", warning.Message);
                break;
            case WarningRaised warning:
                log.LogWarning("{Message} {Hint}", warning.Message, warning.Hint);
                break;
            case UpdateSent { Items.Count: 0 } sent:
                log.LogDebug("{Files} changed; no open page uses it.", string.Join(", ", sent.Files));
                break;
            case UpdateSent sent:
                log.LogInformation("{Files} changed: {Steps}, in {Pages} pages.",
                    string.Join(", ", sent.Files), string.Join(", ", sent.Items.Select(item => item.Kind).Distinct()), sent.Pages);
                break;
            case PageProblemReported problem:
                log.LogWarning("A page says: {Message} ({File}:{Line})", problem.Message, problem.File, problem.Line);
                break;
            case ConsoleReported said:
                log.LogWarning("A page's console: {Text} ({File}:{Line})", said.Text, said.File, said.Line);
                break;
            case UpdateApplied applied:
                log.LogDebug("{Page}: {Result} {Why}", applied.Page, applied.Result, applied.Why);
                break;
            default:
                break; // no editor, no terminal
        }
    }
}
