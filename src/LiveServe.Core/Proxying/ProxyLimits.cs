namespace LiveServe.Proxying;

/// <summary>How long an upstream is waited for. Only tests have other values.</summary>
/// <param name="Headers">From the last byte of the request to the head of the answer; then it is 504.</param>
/// <param name="Refused">How long a refused connection is tried again, when the upstream was there before: it may be restarting.</param>
/// <param name="Between">Between two tries, and between the first probes of one that is down.</param>
/// <param name="Interest">How long after a failure an upstream is probed although no page is open: the page that shows the failure is on its way.</param>
internal sealed record ProxyLimits(TimeSpan Headers, TimeSpan Refused, TimeSpan Between, TimeSpan Interest)
{
    /// <summary>60 s, 2 s, 0.1 s, 10 s.</summary>
    public static ProxyLimits Default { get; } =
        new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
}
