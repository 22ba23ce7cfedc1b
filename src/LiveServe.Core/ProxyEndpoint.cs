using System.Net;
using LiveServe.Content;
using LiveServe.Files;
using LiveServe.Injection;
using LiveServe.Paths;
using LiveServe.Proxying;
using LiveServe.Security;
using LiveServe.Serving;
using LiveServe.Sockets;
using LiveServe.Updates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LiveServe;

/// <summary>
/// Which requests back ends answer: 1 a rule's prefix, or a whole site's upstream where no file is, 2 a socket's origin, as for our own socket,
/// 3 the upstream, 4 a failure in words. Made only when there is a rule.
/// </summary>
internal sealed class ProxyEndpoint : IDisposable
{
    private readonly ProxyRoutes _routes;
    private readonly ProxyRule? _wholeSite;
    private readonly SiteLocator _locator;
    private readonly OriginCheck _origins;
    private readonly Dictionary<string, Upstream> _upstreams = new(StringComparer.Ordinal);
    private readonly UpstreamForwarder _forwarder;
    private readonly UpstreamNews _news;

    private ProxyEndpoint(
        LiveServeOptions options, SiteBase site, SiteLocator locator, OriginCheck origins, Func<SnippetAttributes?> stamp, UpdateHub updates, SocketHub sockets,
        WatchSocket? watch, Action<string, string?> warn)
    {
        (_routes, _locator, _origins) = (new ProxyRoutes(options.Proxies), locator, origins);
        _wholeSite = options.Upstream is { } url ? ProxyRule.WholeSite(url, site) : null;
        _news = new UpstreamNews(updates, warn);
        foreach (var rule in _wholeSite is null ? options.Proxies : [.. options.Proxies, _wholeSite])
        {
            var origin = rule.Target.GetLeftPart(UriPartial.Authority);
            if (!_upstreams.ContainsKey(origin))
            {
                _upstreams.Add(origin, new Upstream(rule.Target, options.ProxyInsecure, options.ProxyLimits, () => sockets.Count > 0, _news.Changed));
            }
        }

        _forwarder = new UpstreamForwarder(_upstreams, options.ProxyLimits, stamp, watch, new OnceOnly(warn).Warn);
    }

    /// <summary>The endpoint; <see langword="null"/> when there is nothing to forward.</summary>
    /// <param name="site">What the site is under. A rule's route is an address as it is written; the whole site's back end answers below the base.</param>
    /// <param name="stamp">The attributes for a page's script as of now; <see langword="null"/> when pages do not get one.</param>
    /// <param name="watch">Makes what looks at the sockets that are passed through; <see langword="null"/> when nobody does.</param>
    public static ProxyEndpoint? For(
        LiveServeOptions options, SiteBase site, SiteLocator locator, OriginCheck origins, Func<SnippetAttributes?> stamp, UpdateHub updates, SocketHub sockets,
        WatchSocket? watch, Action<string, string?> warn) =>
        options.Upstream is null && options.Proxies.Count == 0 ? null : new ProxyEndpoint(options, site, locator, origins, stamp, updates, sockets, watch, warn);

    /// <summary>Answers, or passes on.</summary>
    /// <param name="refuse">Sends a refusal in words: status, what happened, what to do.</param>
    /// <param name="fail">Sends a failure's page.</param>
    public async Task HandleAsync(HttpContext context, RequestDelegate next, Func<int, string, string, Task> refuse, Func<ProxyFailure, Task> fail)
    {
        var opensSocket = OpensSocket(context);
        if (context.Asked() is not { } asked || RuleFor(context, asked, opensSocket) is not { } rule) // 1
        {
            await next(context);
            return;
        }

        var origin = context.Request.Headers.Origin;
        if (opensSocket && !_origins.Admits(origin, OwnOrigin(context.Request), IsLocal(context))) // 2
        {
            await refuse(403, $"A page of {(origin.Count == 0 ? "another machine" : Cut(origin.ToString()))} may not open this socket.", "Allow it with --allow-origin.");
            return;
        }

        context.Response.Headers.Clear(); // what we say of files is not said of what others send
        AnsweredBy.Say(context.Response.Headers, "proxy:" + UrlPath.Escape(rule.Route));
        if (await _forwarder.ForwardAsync(context, asked, rule) is { } failure) // 3
        {
            context.Response.Clear();
            await (opensSocket ? refuse(failure.Status, failure.What, failure.Remedy) : fail(failure)); // 4
        }
    }

    /// <summary>A page has said what it shows.</summary>
    public void Hello(Connection socket, string? doc) => _news.Hello(socket, ContentHash.Parse(doc), _upstreams.Values);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var upstream in _upstreams.Values)
        {
            upstream.Dispose();
        }
    }

    private ProxyRule? RuleFor(HttpContext context, RequestTarget asked, bool opensSocket) =>
        _routes.Find(asked.Path)
        ?? (_wholeSite is null || context.Target() is not { } target || (!opensSocket && IsRead(context.Request) && HasFile(target)) ? null : _wholeSite);

    private bool HasFile(RequestTarget target)
    {
        var located = _locator.Find(target);
        located.File?.Dispose();
        return located.Kind is Lookup.File or Lookup.Unreadable or Lookup.Unavailable
            || (located.Kind == Lookup.Folder && !target.NamesFolder && HasFile(target with { Path = target.Path + "/" }));
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    // Whatever could become a socket on either side of us, and a little more.
    private static bool OpensSocket(HttpContext context) =>
        context.Request.Headers.Upgrade.Count > 0 || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    private static Origin OwnOrigin(HttpRequest request) => Origin.Of(request.Scheme, Authority.Parse(request.Host.Value)!.Value);

    private static bool IsLocal(HttpContext context) => context.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer);

    private static string Cut(string text) => text.Length > 100 ? text[..100] : text;
}
