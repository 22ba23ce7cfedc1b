using System.Text;
using System.Text.Json;

namespace LiveServe.Protocol;

/// <summary>Reads one frame's payload. Every answer is a value: a message, an error to send back, or neither for a type we do not know.</summary>
/// <remarks>Strict JSON (RFC 8259): one object, no duplicate names, no trailing data, depth 16 at the most, no lone surrogates.</remarks>
internal static class ClientMessageReader
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Reads <paramref name="payload"/>.</summary>
    public static (ClientMessage? Message, ErrorMessage? Error) Read(ReadOnlyMemory<byte> payload)
    {
        if (payload.Length > Limits.Default.Frame)
        {
            return (null, new("too_large", $"A message holds at most {Limits.Default.Frame / 1024} KiB."));
        }

        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(payload, Strict);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return (null, new("bad_json", "A message is one JSON object."));
            }

            var fields = new MessageFields(root);
            return fields.Text("type") is { } type
                ? (Known(type, fields), null)
                : (null, new("bad_type", "A message has a type, which is a string.", Field: "type"));
        }
        catch (FieldException problem)
        {
            return (null, new(problem.Code, problem.Message, Cid: Cid(document), Field: problem.Field));
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            // A lone surrogate is not a JsonException but an InvalidOperationException when the string is read.
            return (null, new("bad_json", "The message is not strict JSON: one object, each name once, whole characters."));
        }
        finally
        {
            document?.Dispose();
        }
    }

    private static ClientMessage? Known(string type, MessageFields m) => type switch
    {
        "hello" => new Hello(m.Text("boot"), m.Integer("seq"), m.Time("time"), Page(m.Object("page"))),
        "resources" => new Resources(m.Texts("add", most: 1000)),
        "applied" => new Applied(m.Integer("seq") ?? 0, m.Number("ms") ?? 0, m.Text("result") ?? "", m.Text("why")),
        "problem" => new PageProblem(m.Integer("seq"), m.Text("source"), m.Text("message") ?? "",
            m.Text("file"), m.Position("line"), m.Position("column"), m.Text("url")),
        "console" => new ConsoleOutput(m.Needed("level"), m.Texts("args", most: 20), m.Integer("seq"), m.Text("file"), m.Position("line")),
        "custom" => new Custom(m.Needed("event"), m.Any("data")),
        "ping" => new Ping(m.Number("t")),
        "join" => new Join(m.Needed("name"), m.Text("key"), Resume(m.Object("resume")), m.Text("page"), m.Text("hostKey")),
        "chat" => new Say(m.Needed("cid"), m.Needed("body"), m.Text("format") ?? "text", m.Text("lang"), m.Text("replyTo"),
            Reference(m.Object("ref")), Element(m.Object("pin")), m.Text("page")),
        "edit" => new Edit(m.Needed("cid"), m.Needed("target"), m.Needed("body")),
        "delete" => new Delete(m.Needed("cid"), m.Needed("target")),
        "rename" => new Rename(m.Needed("cid"), m.Needed("name")),
        "typing" => new TypingNotice(m.Flag("on") ?? true),
        "page" => new PageShown(m.Text("url"), m.Flag("visible") ?? true),
        "history" => new HistoryRequest(m.Integer("before"), m.Integer("after"), (int)Math.Clamp(m.Integer("limit") ?? 50, -1, int.MaxValue)),
        "host" => new HostCommand(m.Text("cid"), m.Needed("action"), m.Text("user"), m.Flag("on") ?? true, m.Integer("ms") ?? 0),
        _ => null,
    };

    private static HelloPage Page(MessageFields? page) =>
        page is { } p ? new(p.Text("url") ?? "", p.Text("doc"), p.Flag("top") ?? true, p.Flag("visible") ?? true) : new("", null, true, true);

    private static ResumePoint? Resume(MessageFields? resume) =>
        resume is { } r ? new(r.Text("epoch") ?? "", r.Integer("after") ?? -1) : null;

    private static FileReference? Reference(MessageFields? place) =>
        place is { } p ? new(p.Needed("file"), p.Position("line"), p.Position("col")) : null;

    private static Pin? Element(MessageFields? pin) =>
        pin is { } p ? new(p.Needed("selector"), p.Text("text") ?? "", p.Numbers("box", exactly: 4)) : null;

    private static string? Cid(JsonDocument? document) =>
        document is not null && document.RootElement.TryGetProperty("cid", out var cid) && cid.ValueKind == JsonValueKind.String
            && cid.GetRawText().Length <= 66
            ? cid.GetString()
            : null;
}
