using System.Text.Json;
using LiveServe.Files;
using LiveServe.Paths;
using LiveServe.Protocol;
using LiveServe.Serving;
using LiveServe.Sockets;

namespace LiveServe;

/// <summary>
/// Takes a page's wish to see a file in an editor. Only for somebody at this machine, only a regular file inside the root that would be served,
/// and one at a time: a page that asks in a loop opens no hundred windows.
/// </summary>
internal sealed class EditorDesk(SiteLocator locator, SiteBase site, Action<ServerEvent> report, TimeProvider clock)
{
    /// <summary>The custom event that asks for it; its data: <c>file</c>, a path on our origin, <c>line</c> and <c>column</c>.</summary>
    public const string Event = "liveserve:open";

    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private long? _last;

    /// <summary>Reports <see cref="EditorWanted"/>, or does nothing.</summary>
    /// <exception cref="FieldException">The data are of the wrong shape.</exception>
    public void Take(Connection socket, JsonElement? data)
    {
        if (!socket.IsLocal || data is not { ValueKind: JsonValueKind.Object } given)
        {
            return;
        }

        var fields = new MessageFields(given);
        if (fields.Text("file") is { } file && Find(file) is { } found && IsTurn())
        {
            report(new EditorWanted(found, fields.Position("line") ?? 1, fields.Position("column") ?? 1));
        }
    }

    private string? Find(string file)
    {
        // A page writes its paths decoded; the locator's own checks begin with a request's target.
        if (file.Length > RequestTarget.MaximumLength || RequestTarget.Parse(Escape(file), "", out _) is not { } target)
        {
            return null;
        }

        if (site.Inside(target) is not { } inside)
        {
            return null;
        }

        var located = locator.Find(inside);
        using var opened = located.File;
        return located.Kind == Lookup.File ? locator.PlaceOf(located.Relative) : null;
    }

    private static string Escape(string file) => "/" + string.Join('/', file.TrimStart('/').Split('/').Select(Uri.EscapeDataString));

    private bool IsTurn()
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            if (_last is { } last && clock.GetElapsedTime(last, now) < Gap)
            {
                return false;
            }

            _last = now;
            return true;
        }
    }
}
