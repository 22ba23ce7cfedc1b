using LiveServe.Paths;

namespace LiveServe;

/// <summary>The address of a socket that belongs to the user: the echo's or the relay's.</summary>
public static class SocketPath
{
    /// <summary>Reads an address, for instance <c>/ws</c>.</summary>
    /// <param name="text">A path as it is shown, not escaped.</param>
    /// <param name="problem">What is wrong with it, and what to do, in a sentence or two; empty when nothing is.</param>
    /// <returns>The path without a trailing slash, <c>/</c> itself excepted; <see langword="null"/> when it is refused.</returns>
    public static string? Parse(string text, out string problem)
    {
        var target = RequestTarget.Parse(UrlPath.Escape(text), "", out _);
        problem = text.Length == 0 ? "It is empty. Write an address, for instance /ws."
            : text.Contains("://", StringComparison.Ordinal) ? "It is a URL. Write its path only, for instance /ws."
            : text[0] != '/' ? $"It begins with no slash. Write it as /{text}."
            : text.AsSpan().ContainsAny('?', '#') ? "A query or a fragment is no part of a path. Leave out what follows the path."
            : target is null ? "It is no address that a browser asks for. Leave out \"..\", backslashes and control characters."
            : ReservedPaths.Contains(target.Path) ? $"{target.Path} is the server's own. Choose another address."
            : "";
        return problem.Length > 0 ? null : target!.Path.TrimEnd('/') is { Length: > 0 } path ? path : "/";
    }

    /// <summary>Whether a request's decoded path is the one at <paramref name="at"/>, with or without a slash at its end.</summary>
    internal static bool Is(string? at, string path) =>
        at is not null && path.StartsWith(at, StringComparison.Ordinal) && (path.Length == at.Length || (path.Length == at.Length + 1 && path[^1] == '/'));

    /// <summary>An option's address, checked.</summary>
    /// <exception cref="LiveServeException">It cannot be one.</exception>
    internal static string? Checked(string? text, string flag) => text is null ? null : Parse(text, out var problem)
        ?? throw new LiveServeException(LiveServeFailure.WrongConfiguration, $"\"{text}\" cannot be the address of {flag}.", problem);
}
