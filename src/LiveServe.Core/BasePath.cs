using System.Buffers;
using LiveServe.Paths;

namespace LiveServe;

/// <summary>The path that the whole site is under.</summary>
public static class BasePath
{
    /// <summary>The longest, in characters.</summary>
    public const int MaximumLength = 200;

    // RFC 3986 §2.3: what is never escaped, so that there is one way to write it.
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/");

    /// <summary>Reads a base, for instance <c>/app/</c>.</summary>
    /// <param name="text">A path; a slash at its end may be left out.</param>
    /// <param name="problem">What is wrong with it, and what to do, in a sentence or two; empty when nothing is.</param>
    /// <returns>The path with a slash at both ends, <c>/</c> for none; <see langword="null"/> when it is refused.</returns>
    public static string? Parse(string text, out string problem)
    {
        var path = text.EndsWith('/') ? text : text + "/";
        problem = text.Length == 0 ? "It is empty. Write a path, for instance /app/."
            : text.Contains("://", StringComparison.Ordinal) ? "It is a URL. Write its path only, for instance /app/."
            : text[0] != '/' ? $"It begins with no slash. Write it as /{text}."
            : text.AsSpan().ContainsAny('?', '#') ? "A query or a fragment is no part of a path. Leave out what follows the path."
            : path.Length > MaximumLength ? $"It is longer than {MaximumLength} characters. Choose a shorter one."
            : path.AsSpan().ContainsAnyExcept(Allowed) ? "It has a character that addresses escape. Use letters a to z, digits and - . _ ~ only."
            : path.Contains("//", StringComparison.Ordinal) ? "It has two slashes in a row. Leave one out."
            : path.Split('/').Any(segment => segment is "." or "..") ? "It has a segment of dots. Leave that out."
            : ReservedPaths.Contains(path) ? $"{ReservedPaths.Prefix} is the server's own. Choose another path."
            : "";
        return problem.Length > 0 ? null : path;
    }

    /// <summary>An option's base, checked.</summary>
    /// <exception cref="LiveServeException">It cannot be one.</exception>
    internal static SiteBase Checked(string text) => Parse(text, out var problem) is { } path ? path.Length == 1 ? SiteBase.None : new SiteBase(path)
        : throw new LiveServeException(LiveServeFailure.WrongConfiguration, $"\"{text}\" cannot be the path of --base.", problem);
}
