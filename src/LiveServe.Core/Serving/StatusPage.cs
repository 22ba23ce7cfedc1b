using System.Net;

namespace LiveServe.Serving;

/// <summary>Our own page for an answer without a file. It is inert: no script of its own, everything from outside is escaped.</summary>
internal static class StatusPage
{
    /// <summary>What the page may do: be styled, and run our client, which reloads it when the cause is gone.</summary>
    public const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

    /// <summary>What the page may do when our client is not to be had: be styled.</summary>
    public const string InertPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The document.</summary>
    /// <param name="status">The status and its name.</param>
    /// <param name="what">One sentence: what happened, to which thing.</param>
    /// <param name="remedy">One sentence: what to do, or empty.</param>
    /// <param name="again">The words of a link to the same address, if there is to be one: unlike a reload, that is a visit from our own page.</param>
    public static string Render(string status, string what, string remedy, string? again = null) => $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{WebUtility.HtmlEncode(status)}}</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 15vh auto; padding: 0 1.5rem; }
        h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
        p { margin: .25rem 0; overflow-wrap: anywhere; }
        p + p { opacity: .75; }
        </style>
        </head>
        <body>
        <h1>{{WebUtility.HtmlEncode(status)}}</h1>
        <p>{{WebUtility.HtmlEncode(what)}}</p>
        <p>{{WebUtility.HtmlEncode(remedy)}}</p>
        {{(again is null ? "" : $"<p><a href=\"\">{WebUtility.HtmlEncode(again)}</a></p>\n")}}        </body>
        </html>

        """;
}
