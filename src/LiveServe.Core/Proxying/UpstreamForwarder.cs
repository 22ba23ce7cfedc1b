using System.Net;
using LiveServe.Content;
using LiveServe.Injection;
using LiveServe.Paths;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Yarp.ReverseProxy.Forwarder;

namespace LiveServe.Proxying;

/// <summary>A request that got no answer of its upstream.</summary>
/// <param name="Status">The status to be answered with.</param>
/// <param name="What">One sentence: what happened.</param>
/// <param name="Remedy">One sentence: what to do.</param>
/// <param name="Page">Names the page that says so, which is loaded again when the upstream answers; <see langword="default"/> when nothing is waited for.</param>
internal sealed record ProxyFailure(int Status, string What, string Remedy, ContentHash Page);

/// <summary>
/// Answers requests from back ends: 1 the limits that are for files go, 2 the forwarder copies both ways, 3 a failure is told in words. Bytes of
/// bodies and sockets are never touched, but for pages that get our script.
/// </summary>
/// <param name="upstreams">One for each rule's target, by its origin.</param>
/// <param name="stamp">The attributes for a page's script as of now; <see langword="null"/> when pages do not get one.</param>
/// <param name="watch">Makes what looks at the sockets; <see langword="null"/> when nobody does.</param>
/// <param name="warn">Takes one sentence, and what to do about it; the same one is said once.</param>
internal sealed class UpstreamForwarder(
    IReadOnlyDictionary<string, Upstream> upstreams, ProxyLimits limits, Func<SnippetAttributes?> stamp, WatchSocket? watch, Action<string, string?> warn)
{
    // Time is ours to measure: the forwarder would also cut what is silent for a while.
    private static readonly ForwarderRequestConfig Ordinary = new()
    {
        ActivityTimeout = Timeout.InfiniteTimeSpan, Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
    };

    private static readonly ForwarderRequestConfig Upgrading = Ordinary with { Version = HttpVersion.Version11 };

    // The forwarder is not to be had without a container; this is the smallest.
    private readonly Lazy<IHttpForwarder> _forwarder = new(() => new ServiceCollection()
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddHttpForwarder().BuildServiceProvider().GetRequiredService<IHttpForwarder>());

    /// <summary>Forwards one request; <see langword="null"/> when it was answered, or nobody is left to be answered.</summary>
    public async Task<ProxyFailure?> ForwardAsync(HttpContext context, RequestTarget target, ProxyRule rule)
    {
        var upstream = upstreams[rule.Target.GetLeftPart(UriPartial.Authority)];
        if (upstream.Address.IsLoopback && upstream.Address.Port == context.Connection.LocalPort)
        {
            return new ProxyFailure(508, $"{upstream.Name} is this server itself.", "Take another port for one of the two, or correct the rule.", default);
        }

        var address = UpstreamAddress.Of(rule, target, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        LiftLimits(context); // 1
        using var clock = new HeadClock(limits.Headers);
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            context.Request.Body = clock.Watch(context.Request.Body);
        }

        var tap = Tap(context, address);
        var transform = new UpstreamTransform(rule, address, upstream, clock, stamp() is { } attributes ? new PassingPage(attributes, warn) : null, warn);
        var error = await _forwarder.Value.SendAsync( // 2
            context, upstream.Name, upstream.Invoker, tap is null ? Ordinary : Upgrading, transform, clock.Token);
        await (tap?.DisposeAsync() ?? ValueTask.CompletedTask);
        return error == ForwarderError.None || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested
            ? null : Failure(context, upstream, error, clock.RanOut); // 3
    }

    private ProxyFailure Failure(HttpContext context, Upstream upstream, ForwarderError error, bool isLate)
    {
        if (isLate)
        {
            return new ProxyFailure(504, $"{upstream.Name} has not answered for {limits.Headers.TotalSeconds:0} seconds.", "Look into its own terminal.", default);
        }

        if (error == ForwarderError.RequestBodyClient)
        {
            return new ProxyFailure(context.Response.StatusCode, "The body of the request broke off.", "Send it again.", default);
        }

        var why = error == ForwarderError.ResponseHeaders && context.Features.Get<IForwarderErrorFeature>()?.Exception is InvalidOperationException
            ? new FailureText("sent a header with a character that no header may have", "Look into its own terminal.", false)
            : FailureText.Of(context.Features.Get<IForwarderErrorFeature>()?.Exception);
        upstream.Failed(why);
        return new ProxyFailure(502, $"{upstream.Name} {why.What}.", why.Remedy, upstream.Page);
    }

    private UpgradeTap? Tap(HttpContext context, Uri address)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade
            || !string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var tap = new UpgradeTap(context, upgrade, address.AbsoluteUri, watch);
        context.Features.Set<IHttpUpgradeFeature>(tap);
        return tap;
    }

    // How much is sent, and how slowly, is between the page and its back end.
    private static void LiftLimits(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (context.Features.Get<Microsoft.AspNetCore.Server.Kestrel.Core.Features.IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
