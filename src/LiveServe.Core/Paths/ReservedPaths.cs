namespace LiveServe.Paths;

/// <summary>The one prefix that is ours. Nothing in the site can shadow it, and nothing outside it is claimed.</summary>
internal static class ReservedPaths
{
    /// <summary>All that is ours lies below it.</summary>
    public const string Prefix = "/__liveserve/";

    /// <summary>The WebSocket endpoint.</summary>
    public const string Socket = Prefix + "ws";

    /// <summary>Opens and ends virtual connections, for clients that get no WebSocket through.</summary>
    public const string Open = Prefix + "open";

    /// <summary>What a virtual connection is told, as server-sent events.</summary>
    public const string Events = Prefix + "events";

    /// <summary>The same by long polls.</summary>
    public const string Poll = Prefix + "poll";

    /// <summary>What a virtual connection says.</summary>
    public const string Send = Prefix + "send";

    /// <summary>The script that is put into pages.</summary>
    public const string Client = Prefix + "client.js";

    /// <summary>What DevTools ask for beside it.</summary>
    public const string ClientMap = Client + ".map";

    /// <summary>The room's page.</summary>
    public const string Chat = Prefix + "chat";

    /// <summary>All that was said in the room, as a file.</summary>
    public const string Export = Prefix + "chat/export";

    /// <summary>The room's panel, loaded when it is first opened.</summary>
    public const string Panel = Prefix + "chat/panel.js";

    /// <summary>Imports CSS module scripts again, loaded when one changed.</summary>
    public const string ImportSheet = Prefix + "css/import-sheet.js";

    /// <summary>Connects pages by streams and polls, loaded where no WebSocket gets through.</summary>
    public const string Fallback = Prefix + "transports/fallback.js";

    /// <summary>Below it, the sources of open pages, each by its hash.</summary>
    public const string Sources = Prefix + "source/";

    /// <summary>What a script asks to learn whether we are up.</summary>
    public const string Status = Prefix + "status";

    /// <summary>The inspector's page.</summary>
    public const string Inspector = Prefix + "sockets";

    /// <summary>What the page runs.</summary>
    public const string InspectorScript = Inspector + "/inspector.js";

    /// <summary>The page's own socket.</summary>
    public const string InspectorSocket = Inspector + "/ws";

    /// <summary>What is remembered, as JSON lines.</summary>
    public const string InspectorLines = Inspector + "/export.jsonl";

    /// <summary>What is remembered, as an HTTP Archive.</summary>
    public const string InspectorArchive = Inspector + "/export.har";

    /// <summary>Whether a decoded path is ours.</summary>
    public static bool Contains(string path) => path.StartsWith(Prefix, StringComparison.Ordinal) || path == Prefix[..^1];
}
