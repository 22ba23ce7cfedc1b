using System.Text;
using LiveServe.Files;
using LiveServe.Proxying;

namespace LiveServe;

/// <summary>The Vite configuration that lies in ROOT, so that a project moves over without a flag.</summary>
internal static class ViteConfig
{
    private static readonly string[] Names = ["vite.config.js", "vite.config.mjs", "vite.config.ts"];

    /// <summary>Its literal <c>server.proxy</c> rules; what was taken, and what was not, is said in one line.</summary>
    public static IReadOnlyList<ProxyRule> Rules(SiteRoot root, Action<string, string?> warn)
    {
        foreach (var name in Names)
        {
            if (root.Open(name, out var file) == Lookup.File)
            {
                using var opened = file!;
                return Rules(name, Read(opened), warn);
            }
        }

        return [];
    }

    private static IReadOnlyList<ProxyRule> Rules(string name, ViteProxyRules read, Action<string, string?> warn)
    {
        if (read.Rules.Count > 0 || read.LeftOut.Count > 0)
        {
            var taken = string.Join(", ", read.Rules.Select(rule => $"{rule.Route} → {rule.Target}"));
            var left = string.Join(", ", read.LeftOut);
            warn($"{name} is read for its proxy rules: {(taken.Length > 0 ? taken : "none")}{(left.Length > 0 ? $"; left out: {left}" : "")}.",
                left.Length > 0 ? "Name what is missing with --proxy ROUTE=URL." : null);
        }

        return read.Rules;
    }

    private static ViteProxyRules Read(OpenFile file)
    {
        if (file.Stat.Length > ViteProxyRules.MaximumLength)
        {
            return new ViteProxyRules([], ["all of it, because it is too long"]);
        }

        var bytes = new byte[file.Stat.Length];
        return ViteProxyRules.Read(Encoding.UTF8.GetString(bytes, 0, FileBytes.Read(file, bytes, 0)));
    }
}
