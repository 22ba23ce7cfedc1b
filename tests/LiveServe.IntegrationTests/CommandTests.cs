using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>The command, as a user types it and as a script reads it.</summary>
public sealed partial class CommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("liveserve-").FullName;

    public CommandTests() => File.WriteAllText(Path.Combine(_root, "index.html"), "<p>hi");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task It_says_where_it_is_and_each_save_is_one_line()
    {
        await using var tool = Tool.Start(_root, "--port", "0");
        var port = await tool.PortAsync();
        Assert.Matches(@"^  LiveServe \d+\.\d+\.\d+   ready in \d+ ms$", tool.Output[0]);
        Assert.Equal("", tool.Output[1]);
        await tool.UntilAsync(ChatLine());

        await RawHttp.GetAsync(port, "/");
        using var page = await RawSocket.OpenAsync(port);
        await page.NextAsync("connected");
        File.WriteAllText(Path.Combine(_root, "index.html"), "<p>ho");
        Assert.Matches(@"told to 1 client, \d+ ms$", await tool.UntilAsync(SaveLine()));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_it_and_pages_are_told(string signal)
    {
        await using var tool = Tool.Start(_root, "--port", "0");
        using var page = await RawSocket.OpenAsync(await tool.PortAsync());
        await page.NextAsync("connected");
        await tool.SignalAsync(signal);
        Assert.Equal(1001, await page.CloseCodeAsync());
        var (code, errors) = await tool.EndAsync();
        Assert.Equal((0, ""), (code, errors));
        Assert.Equal("  stopped", tool.Output[^1]);
    }

    [Fact]
    public async Task As_JSON_every_line_is_an_object()
    {
        await using var tool = Tool.Start(_root, "--port", "0", "--json");
        await tool.UntilAsync(JsonReady());
        var ready = JsonDocument.Parse(tool.Output[0]).RootElement;
        Assert.Equal(_root, ready.GetProperty("root").GetString());
        Assert.True(ready.GetProperty("pid").GetInt32() > 0);
        var port = new Uri(ready.GetProperty("urls")[0].GetString()!).Port;
        using var page = await RawSocket.OpenAsync(port);
        await page.NextAsync("connected");
        File.WriteAllText(Path.Combine(_root, "a\u001b[2J\"\n.css"), "x");
        await tool.UntilAsync(JsonUpdate());
        var update = JsonDocument.Parse(tool.Output[^1]).RootElement;
        Assert.Equal("a\u001b[2J\"\n.css", update.GetProperty("files")[0].GetString());
        await page.SendAsync(new { type = "applied", seq = 1, ms = 3.5, result = "swap" });
        await tool.UntilAsync(JsonApplied());
        await tool.SignalAsync("INT");
        await tool.EndAsync();
        Assert.Equal("""{"event":"stopped"}""", tool.Output[^1]);
    }

    [Fact]
    public async Task A_files_name_does_not_drive_the_terminal()
    {
        await using var tool = Tool.Start(_root, "--port", "0");
        using var page = await RawSocket.OpenAsync(await tool.PortAsync());
        await page.NextAsync("connected");
        File.WriteAllText(Path.Combine(_root, "evil\u001b[2J.css"), "x");
        await tool.UntilAsync(EvilLine());
        Assert.DoesNotContain('\u001b', string.Concat(tool.Output));
    }

    [Fact]
    public async Task What_a_page_says_names_the_save_it_follows_and_drives_no_terminal()
    {
        await using var tool = Tool.Start(_root, "--port", "0", "--console", "warn");
        var port = await tool.PortAsync();
        using var page = await RawSocket.OpenAsync(port);
        await page.NextAsync("connected");
        File.WriteAllText(Path.Combine(_root, "index.html"), "<p>ho");
        await page.NextAsync("updated");
        await page.SendAsync(new { type = "problem", seq = 1, source = "page", message = "Error: a\u001b[2Jb", file = "/js/app.js", line = 3, column = 5 });
        await tool.UntilAsync(PageLine());
        Assert.EndsWith("page: Error: a\uFFFD[2Jb (js/app.js:3:5), after index.html", tool.Output[^1], StringComparison.Ordinal);
        await page.SendAsync(new { type = "console", level = "warn", args = new[] { "one\r\ntwo" }, seq = 99 });
        await tool.UntilAsync(ConsoleLine());
        Assert.EndsWith("console.warn: one\uFFFD two", tool.Output[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_JSON_a_page_says_the_same()
    {
        await using var tool = Tool.Start(_root, "--port", "0", "--json");
        await tool.UntilAsync(JsonReady());
        using var page = await RawSocket.OpenAsync(new Uri(JsonDocument.Parse(tool.Output[0]).RootElement.GetProperty("urls")[0].GetString()!).Port);
        await page.NextAsync("connected");
        await page.SendAsync(new { type = "problem", seq = 1, source = "page", message = "m", file = "/a.js", line = 3, column = 5 });
        await page.SendAsync(new { type = "console", level = "error", args = new[] { "a", "b" }, seq = 2 });
        await tool.UntilAsync(JsonConsole());
        Assert.Equal("""{"event":"problem","seq":1,"source":"page","message":"m","file":"/a.js","line":3,"column":5}""", tool.Output[^2]);
        Assert.Equal("""{"event":"console","seq":2,"level":"error","text":"a b"}""", tool.Output[^1]);
    }

    [Fact]
    public async Task The_editor_of_the_environment_gets_the_place_as_whole_arguments()
    {
        var script = Path.Combine(_root, "my editor.sh");
        var told = Path.Combine(_root, "told");
        using (var fifo = Process.Start("mkfifo", [told]))
        {
            await fifo.WaitForExitAsync();
        }

        File.WriteAllText(script, $"echo noise\nprintf '%s\\n' \"$@\" > '{told}'\n");
        File.WriteAllText(Path.Combine(_root, "a $(x) b.js"), "x");
        await using var tool = Tool.StartProgram("dotnet", [Path.Combine(AppContext.BaseDirectory, "liveserve.dll"), _root, "--port", "0"], null,
            ("LIVESERVE_EDITOR", $"sh '{script}' -l {{line}} {{file}} {{column}}"));
        using var page = await RawSocket.OpenAsync(await tool.PortAsync());
        await page.NextAsync("connected");
        await page.SendAsync(new { type = "custom", @event = "liveserve:open", data = new { file = "/a $(x) b.js", line = 7, column = 3 } });
        // A pipe: reading it waits for the script.
        Assert.Equal(["-l", "7", Path.Combine(_root, "a $(x) b.js"), "3"], await File.ReadAllLinesAsync(told));
        await tool.SignalAsync("INT");
        await tool.EndAsync();
        Assert.DoesNotContain("noise", tool.Output);
    }

    [Fact]
    public async Task Without_an_editor_it_says_so_in_one_line()
    {
        await using var tool = Tool.StartProgram("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "liveserve.dll"), _root, "--port", "0"], null, ("LIVESERVE_EDITOR", "/no/such/editor"));
        using var page = await RawSocket.OpenAsync(await tool.PortAsync());
        await page.NextAsync("connected");
        await page.SendAsync(new { type = "custom", @event = "liveserve:open", data = new { file = "/" } });
        await page.SendAsync(new { type = "ping", t = 1 });
        await page.SkipToAsync("pong");
        await tool.SignalAsync("INT");
        var (code, errors) = await tool.EndAsync();
        Assert.Equal(0, code);
        Assert.Contains("/no/such/editor did not start", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_gives_the_next_one_aloud_or_exit_code_3()
    {
        await using var first = Tool.Start(_root, "--port", "0");
        var port = await first.PortAsync();
        await using var second = Tool.Start(_root, "--port", $"{port}");
        Assert.NotEqual(port, await second.PortAsync());
        await second.SignalAsync("INT");
        Assert.Contains($"Port {port} is in use", (await second.EndAsync()).Errors, StringComparison.Ordinal);

        await using var strict = Tool.Start(_root, "--port", $"{port}", "--strict-port");
        var (code, errors) = await strict.EndAsync();
        Assert.Equal(3, code);
        Assert.Contains($"Port {port} is in use", errors, StringComparison.Ordinal);
        Assert.Contains("--port", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "does not exist", "/no/such/folder")]
    [InlineData(4, "is a file", "/etc/hostname")]
    [InlineData(2, "Did you mean --port?", "--prot")]
    [InlineData(2, "out of range", "--port", "99999")]
    [InlineData(2, "is no address", "--host", "nowhere")]
    [InlineData(3, "cannot be listened on", "--host", "203.0.113.7", "--port", "0")]
    public async Task What_is_wrong_has_words_and_an_exit_code(int code, string words, params string[] arguments)
    {
        await using var tool = Tool.Start(arguments);
        var (ended, errors) = await tool.EndAsync();
        Assert.Equal(code, ended);
        Assert.Contains(words, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal); // no stack traces for users' mistakes
    }

    [Fact]
    public async Task A_folder_without_rights_has_words_and_exit_code_4()
    {
        var closed = Directory.CreateDirectory(Path.Combine(_root, "closed")).FullName;
        using (var chmod = Process.Start("chmod", ["000", closed]))
        {
            await chmod.WaitForExitAsync();
        }

        // Rights mean nothing to root, so root runs it as somebody else.
        string[] command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "liveserve.dll"), closed, "--port", "0"];
        await using var tool = Environment.UserName == "root"
            ? Tool.StartProgram("setpriv", ["--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-dac_override,-dac_read_search", .. command])
            : Tool.StartProgram(command[0], command[1..]);
        var (code, errors) = await tool.EndAsync();
        Assert.Equal(4, code);
        Assert.Contains("cannot be read", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_gives_the_port_and_help_and_version_end_well()
    {
        await using var tool = Tool.StartProgram("dotnet", [Path.Combine(AppContext.BaseDirectory, "liveserve.dll"), "--no-chat"], _root, ("PORT", "0"));
        Assert.True(await tool.PortAsync() > 0);
        await using var help = Tool.Start("--help");
        Assert.Equal((0, ""), await help.EndAsync());
        Assert.Contains(help.Output, line => line.Contains("--strict-port", StringComparison.Ordinal));
        await using var version = Tool.Start("--version");
        Assert.Equal((0, ""), await version.EndAsync());
        Assert.Equal([LiveServer.Version], version.Output);
    }

    [Fact]
    public async Task A_reader_that_goes_away_does_not_end_it()
    {
        await using var tool = Tool.StartProgram("sh", ["-c", $"dotnet '{Path.Combine(AppContext.BaseDirectory, "liveserve.dll")}' '{_root}' --port 0 --verbose | head -n 3; sleep 60"]);
        var port = await tool.PortAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await RawHttp.GetAsync(port, "/")).Status);
        }
    }

    [GeneratedRegex("^  Chat      (http.*/__liveserve/chat)$")]
    private static partial Regex ChatLine();

    [GeneratedRegex(@"(index\.html   .*)$")]
    private static partial Regex SaveLine();

    [GeneratedRegex("(page: Error.*)$")]
    private static partial Regex PageLine();

    [GeneratedRegex("(console.warn.*)$")]
    private static partial Regex ConsoleLine();

    [GeneratedRegex("^(.\"event\":\"console\".*)$")]
    private static partial Regex JsonConsole();

    [GeneratedRegex("^(.\"event\":\"ready\".*)$")]
    private static partial Regex JsonReady();

    [GeneratedRegex("^(.\"event\":\"update\".*)$")]
    private static partial Regex JsonUpdate();

    [GeneratedRegex("^(.\"event\":\"applied\",\"seq\":1,\"result\":\"swap\",\"ms\":3.5.*)$")]
    private static partial Regex JsonApplied();

    [GeneratedRegex(@"(evil.*\.css)")]
    private static partial Regex EvilLine();
}
