using System.Text.Json;
using LiveServe.Protocol;
using LiveServe.Sockets;

namespace LiveServe.Inspection;

/// <summary>What the inspector's page asks for: a closed set.</summary>
/// <param name="Ref">What the page calls it; comes back with the answer.</param>
internal abstract record InspectorWish(string? Ref)
{
    // A text of 64 KiB, escaped.
    private const int MaximumBytes = 400 * 1024;
    private const int MaximumRef = 64;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Whether only the host may ask for it.</summary>
    public virtual bool NeedsHost => true;

    /// <summary>Reads a frame's payload: a wish, a refusal, or neither for a type of a later version.</summary>
    public static (InspectorWish? Wish, Refusal? Refusal) Read(ReadOnlyMemory<byte> payload)
    {
        if (payload.Length > MaximumBytes)
        {
            return (null, new Refusal("too_large", $"A message holds at most {MaximumBytes / 1024} KiB."));
        }

        try
        {
            using var document = JsonDocument.Parse(payload, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return (null, new Refusal("bad_json", "A message is one JSON object."));
            }

            var fields = new MessageFields(document.RootElement);
            var name = fields.Text("ref");
            return name?.Length > MaximumRef
                ? (null, new Refusal("too_long", $"A ref has at most {MaximumRef} characters."))
                : (Known(fields.Needed("type"), fields, name), null);
        }
        catch (FieldException problem)
        {
            return (null, new Refusal(problem.Code, problem.Message));
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or System.Text.DecoderFallbackException)
        {
            return (null, new Refusal("bad_json", "The message is not strict JSON: one object, each name once, whole characters."));
        }
    }

    private static InspectorWish? Known(string type, MessageFields m, string? name) => type switch
    {
        "host" => new ProveHost(m.Needed("key"), name),
        "follow" => new Follow(m.Text("socket"), name),
        "frames" => new ShowFrames(m.Needed("socket"), name),
        "payload" => new ShowPayload(m.Needed("socket"), m.Integer("n") ?? -1, name),
        "reveal" => new Reveal(m.Flag("on") ?? true, name),
        "send" => new SendFrame(m.Needed("to"), m.Text("side") == "backend", Opcode(m.Text("opcode")), m.Needed("data"), name),
        "simulate" => new Simulate(m.Needed("socket"), m.Flag("pause") ?? false, (int)Math.Clamp(m.Integer("delay") ?? 0, 0, Simulation.MaximumDelay), m.Flag("drop") ?? false, name),
        "close" => new CloseSocket(m.Needed("socket"), (int)Math.Clamp(m.Integer("code") ?? 1000, 0, 5000), m.Text("reason") ?? "", name),
        _ => null,
    };

    private static Opcode Opcode(string? name) => name switch
    {
        null or "text" => Sockets.Opcode.Text,
        "binary" => Sockets.Opcode.Binary,
        "ping" => Sockets.Opcode.Ping,
        _ => throw new FieldException("bad_json", "opcode", "The opcode is text, binary or ping."),
    };
}

/// <summary>Says the host's key.</summary>
internal sealed record ProveHost(string Key, string? Ref) : InspectorWish(Ref)
{
    /// <inheritdoc/>
    public override bool NeedsHost => false;
}

/// <summary>From now on only one socket's frames are told; <see langword="null"/> for all.</summary>
internal sealed record Follow(string? Socket, string? Ref) : InspectorWish(Ref)
{
    /// <inheritdoc/>
    public override bool NeedsHost => false;
}

/// <summary>Wants a socket's frames from the oldest on.</summary>
internal sealed record ShowFrames(string Socket, string? Ref) : InspectorWish(Ref)
{
    /// <inheritdoc/>
    public override bool NeedsHost => false;
}

/// <summary>Wants all that is kept of a frame's payload.</summary>
internal sealed record ShowPayload(string Socket, long N, string? Ref) : InspectorWish(Ref)
{
    /// <inheritdoc/>
    public override bool NeedsHost => false;
}

/// <summary>Wants to see what is masked.</summary>
internal sealed record Reveal(bool On, string? Ref) : InspectorWish(Ref);

/// <summary>Sends a frame.</summary>
/// <param name="To">A socket's id, a kind of sockets, or <c>all</c>.</param>
/// <param name="ToBackEnd">To the other side of a proxied one.</param>
/// <param name="Data">Text; of a binary frame hexadecimal.</param>
internal sealed record SendFrame(string To, bool ToBackEnd, Opcode Opcode, string Data, string? Ref) : InspectorWish(Ref);

/// <summary>Makes a socket suffer, or no longer.</summary>
internal sealed record Simulate(string Socket, bool Pause, int Delay, bool Drop, string? Ref) : InspectorWish(Ref);

/// <summary>Ends a socket.</summary>
internal sealed record CloseSocket(string Socket, int Code, string Reason, string? Ref) : InspectorWish(Ref);
