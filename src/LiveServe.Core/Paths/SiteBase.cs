namespace LiveServe.Paths;

/// <summary>
/// The path that the whole site is under, and the one place that knows how an address differs from what is at home there. Inside, everything is called
/// as if the site stood at <c>/</c>; this is asked where requests, messages and files name addresses, and where they are told some.
/// </summary>
/// <remarks>
/// Pages outside of the base, as a back end's are, use files of the site too. They have names as well, where no file of the site can be.
/// </remarks>
/// <param name="path">As <see cref="BasePath"/> reads it: with a slash at both ends, and no character that is ever escaped.</param>
internal sealed class SiteBase(string path)
{
    private const string Outside = ReservedPaths.Prefix + "outside/";

    /// <summary>No base: every address is what it is called.</summary>
    public static SiteBase None { get; } = new("/");

    /// <summary>The base.</summary>
    public string Path => path;

    /// <summary>Whether there is none.</summary>
    public bool IsNone => path.Length == 1;

    /// <summary>What a request asks of the site; <see langword="null"/> when it is not for the site.</summary>
    public RequestTarget? Inside(RequestTarget asked) =>
        IsNone ? asked : asked.Path.StartsWith(path, StringComparison.Ordinal) ? asked with { Path = asked.Path[(path.Length - 1)..] } : null;

    /// <summary>From an address, decoded or not, to what it is called.</summary>
    public string Inward(string address) =>
        IsNone ? address : address.StartsWith(path, StringComparison.Ordinal) ? address[(path.Length - 1)..] : Outside + address.TrimStart('/');

    /// <summary>From what is called so to its address.</summary>
    public string Outward(string name) =>
        IsNone ? name : name.StartsWith(Outside, StringComparison.Ordinal) ? name[(Outside.Length - 1)..] : path + name.TrimStart('/');

    /// <summary>The same as <see cref="Inward"/> for an address as a browser writes it, whichever of its characters are escaped; what is none stays.</summary>
    public string InwardAsWritten(string address) =>
        IsNone || RequestTarget.Parse(address, "", out _) is not { } target ? address : UrlPath.Escape(Inward(target.Path)) + target.Query;

    /// <summary>Whether a decoded path of an address is the site's first page, with or without its slash.</summary>
    public bool IsHome(string address) =>
        address == path || (address.Length == path.Length - 1 && path.StartsWith(address, StringComparison.Ordinal));
}
