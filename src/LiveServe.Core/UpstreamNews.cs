using LiveServe.Content;
using LiveServe.Protocol;
using LiveServe.Proxying;
using LiveServe.Sockets;
using LiveServe.Updates;

namespace LiveServe;

/// <summary>
/// Tells the terminal and open pages which back ends are down, and pages that show a failure that it is over. What was told last is kept here,
/// so that the order of events on several threads does not matter.
/// </summary>
internal sealed class UpstreamNews(UpdateHub updates, Action<string, string?> warn)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Upstream, FailureText> _told = [];

    /// <summary>An upstream went down, came back, or answers again after failing.</summary>
    public void Changed(Upstream upstream)
    {
        lock (_gate)
        {
            var was = _told.GetValueOrDefault(upstream);
            if (upstream.Down is { } why)
            {
                if (was is null)
                {
                    _told[upstream] = why;
                    warn($"{upstream.Name} {why.What}.", why.Remedy);
                    updates.Tell(ProblemOf(upstream, why), except: upstream.Page);
                }
            }
            else
            {
                if (_told.Remove(upstream))
                {
                    warn($"{upstream.Name} answers again.", null);
                    updates.Tell(new Problem(0, SourceOf(upstream), $"{upstream.Name} answers again.", Cleared: true), except: upstream.Page);
                }

                if (!upstream.HasFailed)
                {
                    updates.Reload(upstream.Page, $"{upstream.Name} answers again");
                }
            }
        }
    }

    /// <summary>A page has said what it shows: it hears how things stand.</summary>
    public void Hello(Connection socket, ContentHash? doc, IEnumerable<Upstream> upstreams)
    {
        lock (_gate)
        {
            foreach (var upstream in upstreams)
            {
                if (doc == upstream.Page)
                {
                    if (!upstream.HasFailed)
                    {
                        updates.Reload(upstream.Page, $"{upstream.Name} answers again"); // it did while this page was on its way
                    }
                }
                else if (_told.TryGetValue(upstream, out var why))
                {
                    socket.TryPost(Frame.Of(Opcode.Text, Wire.Serialize(ProblemOf(upstream, why) with { Seq = updates.Seq })));
                }

                upstream.Probe(); // now somebody waits
            }
        }
    }

    private static Problem ProblemOf(Upstream upstream, FailureText why) => new(0, SourceOf(upstream), $"{upstream.Name} {why.What}.");

    private static string SourceOf(Upstream upstream) => $"proxy {upstream.Name}";
}
