using LiveServe.Security;

namespace LiveServe;

/// <summary>Which other origins' pages may read what is served here. Never with credentials.</summary>
/// <remarks>WHATWG Fetch §3.3 (CORS protocol).</remarks>
public sealed record CorsRule
{
    private readonly Origin? _only;

    private CorsRule(bool anyone, Origin? only) => (AllowsAnyone, _only) = (anyone, only);

    /// <summary>Pages of this machine, on any port.</summary>
    public static CorsRule Loopback { get; } = new(false, null);

    /// <summary>Whether pages of any site may read everything, which is worth a warning.</summary>
    public bool AllowsAnyone { get; }

    /// <summary>Reads an origin, <c>scheme://host[:port]</c>, or <c>*</c> for all; nothing is <see cref="Loopback"/>.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="problem">What is wrong with it, and what to do, in a sentence or two; empty when nothing is.</param>
    /// <returns><see langword="null"/> when it is refused.</returns>
    public static CorsRule? Parse(string text, out string problem)
    {
        problem = "";
        switch (text.Trim())
        {
            case "":
                return Loopback;
            case "*":
                return new CorsRule(true, null);
            case var origin when Origin.Parse(origin.TrimEnd('/')) is { } only:
                return new CorsRule(false, only);
            default:
                problem = "It is no origin. Write scheme://host or scheme://host:port, as http://localhost:3000, or * for every site.";
                return null;
        }
    }

    /// <summary>The value of Access-Control-Allow-Origin for a page of <paramref name="origin"/>; <see langword="null"/> when it may not read.</summary>
    /// <param name="origin">The request's Origin header.</param>
    public string? AllowedOrigin(string? origin) =>
        AllowsAnyone ? "*"
        : Origin.Parse(origin) is { } page && (_only is { } only ? page == only : page.Authority.IsLoopback) ? origin
        : null;
}
