using System.Buffers;

namespace LiveServe;

/// <summary>A header that is sent with every answer.</summary>
public sealed record ResponseHeader
{
    // RFC 9110 §5.6.2, token.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // What says where a message ends, and what its bytes are: only whoever sends them knows.
    private static readonly HashSet<string> Ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Encoding", "Content-Length", "Content-Range", "Content-Type", "Date", "ETag", "Keep-Alive", "Last-Modified", "Location",
        "Proxy-Connection", "Sec-WebSocket-Accept", "Sec-WebSocket-Protocol", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    private ResponseHeader(string name, string value) => (Name, Value) = (name, value);

    /// <summary>The name, as it was given.</summary>
    public string Name { get; }

    /// <summary>The value, without spaces around it.</summary>
    public string Value { get; }

    /// <summary>Reads <c>Name: value</c>. RFC 9110 §5.1 and §5.5; a value is printable ASCII, so that no line can be put into an answer by it.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="problem">What is wrong with it, and what to do, in a sentence or two; empty when nothing is.</param>
    /// <returns><see langword="null"/> when it is refused.</returns>
    public static ResponseHeader? Parse(string text, out string problem)
    {
        var colon = text.IndexOf(':');
        var name = colon < 0 ? "" : text[..colon].Trim(' ');
        var value = colon < 0 ? "" : text[(colon + 1)..].Trim(' ', '\t');
        problem = colon < 0 ? "It has no colon. Write it as \"Name: value\"."
            : name.Length == 0 || name.AsSpan().ContainsAnyExcept(TokenCharacters) ? "Its name is none. Names are letters, digits and hyphens."
            : Ours.Contains(name) ? $"{name} tells how the bytes are sent, which only the server knows. Leave it out."
            : value.AsSpan().ContainsAnyExceptInRange(' ', '~') ? "Its value holds a control character, or one that is not ASCII. Write such letters as escapes."
            : "";
        return problem.Length == 0 ? new ResponseHeader(name, value) : null;
    }
}
