using System.Text;

namespace LiveServe.Serving;

/// <summary>
/// Joins the modules of <c>client-snippet/</c> into one script: what a module imports comes before it, the import lines and the word
/// <c>export</c> go, and one function keeps all names out of the page. Comments go too: every page reads this script, and they are a
/// third of it. <c>client-snippet/README.md</c> holds the rules for the modules.
/// </summary>
internal static class ClientScript
{
    /// <summary>Joins <paramref name="entry"/> and all it imports.</summary>
    /// <param name="read">Gives the text of a module by its path.</param>
    /// <param name="entry">The path of the first module.</param>
    /// <param name="asModule">Whether the entry's own exports stay, so that it can be imported; else the result is a classic script.</param>
    public static string Compose(Func<string, string> read, string entry, bool asModule)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var script = new StringBuilder(asModule ? "" : "(() => {\n'use strict';\n");
        Append(script, read, entry, done, keepExports: asModule);
        return script.Append(asModule ? "" : "})();\n").ToString();
    }

    private static void Append(StringBuilder script, Func<string, string> read, string path, HashSet<string> done, bool keepExports)
    {
        if (!done.Add(path))
        {
            return;
        }

        var body = new StringBuilder();
        var lines = new CodeLines();
        foreach (var line in read(path).ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith("import ", StringComparison.Ordinal))
            {
                Append(script, read, Resolve(path, line), done, keepExports: false);
            }
            else if (lines.Code(line) is { } code)
            {
                body.Append(!keepExports && line.StartsWith("export ", StringComparison.Ordinal) ? code[7..] : code).Append('\n');
            }
        }

        script.Append(body);
    }

    private static string Resolve(string importer, string line)
    {
        var from = line.Split('\'')[1];
        var folder = importer.Contains('/') ? importer[..importer.LastIndexOf('/')] : "";
        foreach (var part in from.Split('/'))
        {
            folder = part switch
            {
                "." => folder,
                ".." => folder.Contains('/') ? folder[..folder.LastIndexOf('/')] : "",
                _ => folder.Length == 0 ? part : $"{folder}/{part}",
            };
        }

        return folder;
    }
}
