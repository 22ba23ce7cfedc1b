using System.Text.RegularExpressions;
using LiveServe.Serving;

namespace LiveServe.UnitTests.Serving;

public sealed partial class ClientScriptTests
{
    [Fact]
    public void What_a_module_imports_comes_before_it_and_once()
    {
        var modules = new Dictionary<string, string>
        {
            ["client.js"] = "import { a } from './a.js';\nimport { b } from './sub/b.js';\nstart(a, b);\n",
            ["a.js"] = "import { b } from './sub/b.js';\nexport const a = b + 1;\n",
            ["sub/b.js"] = "import { c } from '../c.js';\nexport const b = c;\n",
            ["c.js"] = "export const c = 1;\n",
        };
        var script = ClientScript.Compose(path => modules[path], "client.js", asModule: false);
        Assert.Equal("(() => {\n'use strict';\nconst c = 1;\nconst b = c;\nconst a = b + 1;\nstart(a, b);\n})();\n", script);
        Assert.EndsWith("export const a = b + 1;\n", ClientScript.Compose(path => modules[path], "a.js", asModule: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  a();", "  a();")]
    [InlineData("// why", "")]
    [InlineData("  /** One. */", "")]
    [InlineData("/**\n * Two.\n */\na();", "a();")]
    [InlineData("/* one */ a();", "/* one */ a();")]
    [InlineData("a(); // why", "a(); // why")]
    [InlineData("const s = `\n  // text\n  /* text */\n`;\n// why", "const s = `\n  // text\n  /* text */\n`;")]
    [InlineData("const s = `a\\`\n  // text`;", "const s = `a\\`\n  // text`;")]
    [InlineData("const u = 'http://x';", "const u = 'http://x';")]
    public void Comments_go_and_text_stays(string module, string expected) =>
        Assert.Equal(expected, ClientScript.Compose(_ => module, "a.js", asModule: true).TrimEnd('\n'));

    [Theory]
    [InlineData("/__liveserve/client.js")]
    [InlineData("/__liveserve/chat/panel.js")]
    [InlineData("/__liveserve/css/import-sheet.js")]
    [InlineData("/__liveserve/transports/fallback.js")]
    public void The_real_scripts_are_ASCII_and_declare_no_name_twice(string path)
    {
        var script = System.Text.Encoding.UTF8.GetString(ClientAssets.At(path, chat: true)!.Bytes);
        Assert.True(System.Text.Ascii.IsValid(script), "a page's encoding would garble it");
        var names = TopLevel().Matches(script).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(names);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void Developer_tools_are_told_to_pass_over_the_client()
    {
        var script = System.Text.Encoding.UTF8.GetString(ClientAssets.At("/__liveserve/client.js", chat: true)!.Bytes);
        Assert.EndsWith("\n//# sourceMappingURL=client.js.map\n", script, StringComparison.Ordinal);
        var map = System.Text.Json.JsonDocument.Parse(ClientAssets.At("/__liveserve/client.js.map", chat: true)!.Bytes).RootElement;
        Assert.Equal(0, map.GetProperty("ignoreList")[0].GetInt32());
        Assert.True(map.GetProperty("mappings").GetString()!.Split(';').Length >= script.Split('\n').Length);
    }

    [Theory]
    [InlineData("auto", false)]
    [InlineData("sse", true)]
    public void The_rooms_page_is_told_what_connects_it(string transport, bool told)
    {
        var page = System.Text.Encoding.UTF8.GetString(ClientAssets.At("/__liveserve/chat", chat: true, transport)!.Bytes);
        Assert.Equal(told, page.Contains(" data-transport=\"sse\"></script>", StringComparison.Ordinal));
        Assert.DoesNotContain("{", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_room_there_is_no_panel()
    {
        Assert.Null(ClientAssets.At("/__liveserve/chat/panel.js", chat: false));
        Assert.Null(ClientAssets.At("/__liveserve/nothing", chat: true));
    }

    [GeneratedRegex(@"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevel();
}
