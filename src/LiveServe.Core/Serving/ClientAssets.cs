using System.Collections.Concurrent;
using System.Text;
using LiveServe.Content;
using LiveServe.Paths;

namespace LiveServe.Serving;

/// <summary>A file that travels inside the executable.</summary>
/// <param name="ETag">Strong, with its quotes.</param>
internal sealed record ClientAsset(byte[] Bytes, string ContentType, string ETag);

/// <summary>The browser side, made ready once, when it is first asked for.</summary>
internal static class ClientAssets
{
    private const string Script = "text/javascript; charset=utf-8";

    private static readonly Lazy<ClientAsset> Client = new(() => Make(
        ClientScript.Compose(Read, "client.js", asModule: false) + "//# sourceMappingURL=client.js.map\n", Script));

    private static readonly Lazy<ClientAsset> ClientMap = new(() => Make(IgnoreMap(Client.Value), "application/json"));
    private static readonly Lazy<ClientAsset> Panel = new(() => Make(ClientScript.Compose(Read, "chat/panel.js", asModule: true), Script));
    private static readonly Lazy<ClientAsset> ImportSheet = new(() => Make(ClientScript.Compose(Read, "css/import-sheet.js", asModule: true), Script));
    private static readonly Lazy<ClientAsset> Fallback = new(() => Make(ClientScript.Compose(Read, "transports/fallback.js", asModule: true), Script));
    private static readonly ConcurrentDictionary<string, ClientAsset> ChatPages = new(StringComparer.Ordinal);

    private static readonly Lazy<ClientAsset> Inspector = new(() => Make(ClientScript.Compose(Read, "inspector/inspector.js", asModule: true), Script));
    private static readonly Lazy<ClientAsset> InspectorPage = new(() => Make(
        Read("inspector/page.html").Replace("{base}", "./", StringComparison.Ordinal), "text/html; charset=utf-8"));

    /// <summary>The asset at a reserved path, or <see langword="null"/>.</summary>
    /// <param name="chat">Whether there is a room.</param>
    /// <param name="transport">What connects pages to us.</param>
    public static ClientAsset? At(string path, bool chat, string transport = "auto") => path switch
    {
        ReservedPaths.Client => Client.Value,
        ReservedPaths.ClientMap => ClientMap.Value,
        ReservedPaths.ImportSheet => ImportSheet.Value,
        ReservedPaths.Inspector => InspectorPage.Value,
        ReservedPaths.InspectorScript => Inspector.Value,
        ReservedPaths.Panel when chat => Panel.Value,
        ReservedPaths.Fallback => Fallback.Value,
        ReservedPaths.Chat when chat => ChatPages.GetOrAdd(transport, ChatPage),
        _ => null,
    };

    private static ClientAsset ChatPage(string transport) => Make(
        Read("chat/page.html").Replace("{base}", "./", StringComparison.Ordinal)
            .Replace("{transport}", transport == "auto" ? "" : $" data-transport=\"{transport}\"", StringComparison.Ordinal),
        "text/html; charset=utf-8");

    // ECMA-426 §9: each line maps to itself, and the whole is on the ignore list. So DevTools name the page's own line as the place of a console
    // call that we passed on, and a debugger does not step into us.
    private static string IgnoreMap(ClientAsset script) =>
        $$"""{"version":3,"file":"client.js","sources":["client.js"],"names":[],"mappings":"AAAA{{string.Concat(Enumerable.Repeat(";AACA", script.Bytes.AsSpan().Count((byte)'\n')))}}","ignoreList":[0],"x_google_ignoreList":[0]}""";

    private static ClientAsset Make(string text, string type)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new ClientAsset(bytes, type, $"\"{ContentHash.Of(bytes)}\"");
    }

    private static string Read(string path)
    {
        using var stream = typeof(ClientAssets).Assembly.GetManifestResourceStream("client/" + path)
            ?? throw new InvalidOperationException($"client-snippet/{path} is not inside this build.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
