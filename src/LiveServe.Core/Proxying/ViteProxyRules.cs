using LiveServe.Content;
using LiveServe.Paths;

namespace LiveServe.Proxying;

/// <summary>What a Vite configuration says literally about <c>server.proxy</c>. Pure: it is read, never run.</summary>
/// <param name="Rules">In the file's order.</param>
/// <param name="LeftOut">What is not literal, or not a prefix: each as a few words.</param>
/// <remarks>Vite's documentation of <c>server.proxy</c>: a key is a prefix, or a pattern when it begins with <c>^</c>; a value is an address or options.</remarks>
internal sealed record ViteProxyRules(IReadOnlyList<ProxyRule> Rules, IReadOnlyList<string> LeftOut)
{
    /// <summary>Longer files are not read, in characters.</summary>
    public const int MaximumLength = 256 * 1024;

    // These decide where a request goes, so a rule without them would be another one.
    private static readonly string[] Deciding = ["target", "rewrite", "bypass", "router", "pathRewrite", "ignorePath", "prependPath", "forward", "selfHandleResponse"];

    // Nothing of ours depends on these: sockets are always forwarded, and the host is always the upstream's.
    private static readonly string[] Immaterial = ["ws", "changeOrigin", "rewriteWsOrigin", "xfwd", "followRedirects", "cookieDomainRewrite", "timeout", "proxyTimeout", "autoRewrite", "hostRewrite"];

    /// <summary>Reads a <c>vite.config.js</c>, <c>.mjs</c> or <c>.ts</c>; what does not parse is read as far as it goes.</summary>
    public static ViteProxyRules Read(string text)
    {
        var (rules, leftOut) = (new List<ProxyRule>(), new List<string>());
        if (text.Length <= MaximumLength)
        {
            var script = LiteralScript.Of(text);
            foreach (var at in script.Members("server", "proxy"))
            {
                if (!script.Is(at, ":") || !script.Is(at + 1, "{"))
                {
                    leftOut.Add("server.proxy, which is not written out there");
                    continue;
                }

                foreach (var (key, value) in script.Object(at + 1))
                {
                    AddRule(script, key, value, rules, leftOut);
                }
            }
        }

        return new ViteProxyRules(rules, leftOut);
    }

    private static void AddRule(LiteralScript script, string? key, Range value, List<ProxyRule> rules, List<string> leftOut)
    {
        if (key is null)
        {
            leftOut.Add("an entry without a literal key");
        }
        else if (key.StartsWith('^'))
        {
            leftOut.Add($"{key}, which is a pattern");
        }
        else if (RuleOf(script, key, value, leftOut) is not { } rule)
        {
            leftOut.Add($"{key}, which is not literal");
        }
        else
        {
            rules.Add(rule);
        }
    }

    private static ProxyRule? RuleOf(LiteralScript script, string key, Range value, List<string> leftOut)
    {
        var (target, rewrite) = (script.Text(value), (default(Range?)));
        if (target is null && script.Is(value.Start.Value, "{"))
        {
            foreach (var (name, option) in script.Object(value.Start.Value))
            {
                if (name == "target")
                {
                    target = script.Text(option);
                }
                else if (name == "rewrite")
                {
                    rewrite = option;
                }
                else if (name is null || Deciding.Contains(name))
                {
                    return null;
                }
                else if (name == "secure")
                {
                    AddInsecure(script, key, option, leftOut);
                }
                else if (!Immaterial.Contains(name))
                {
                    leftOut.Add($"{name} of {key}");
                }
            }
        }

        var url = target is null ? null : ProxyRule.ParseTarget(target, out _);
        var route = target is null ? null : ProxyRule.RouteOf(key, target, out _);
        var below = url is null || route is null ? null : rewrite is { } range ? Rewritten(script, range, route) : UrlPath.Escape(route);
        return below is null ? null : ProxyRule.Of(route!, new UriBuilder(url!) { Path = url!.AbsolutePath.TrimEnd('/') + below }.Uri, replaces: true);
    }

    private static void AddInsecure(LiteralScript script, string key, Range option, List<string> leftOut)
    {
        if (script.Is(option.Start.Value, "false"))
        {
            leftOut.Add($"secure: false of {key}, which is --proxy-insecure here");
        }
    }

    // path => path.replace(/^\/api/, ''): what the route becomes; null for anything else.
    private static string? Rewritten(LiteralScript script, Range range, string route)
    {
        if (script.Replacement(range) is not var (prefix, replacement))
        {
            return null;
        }

        var becomes = route.StartsWith(prefix, StringComparison.Ordinal) ? replacement + route[prefix.Length..]
            : prefix == route + "/" && replacement == "/" ? ""
            : null;
        return becomes is null || PercentEncoding.Decode(becomes) is null ? null : becomes.Length == 0 || becomes == "/" ? "" : becomes[0] == '/' ? becomes.TrimEnd('/') : null;
    }
}
