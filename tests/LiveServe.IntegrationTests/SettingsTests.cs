using System.Text.RegularExpressions;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>The file of settings, the keys and the other commands, as a user has them.</summary>
public sealed partial class SettingsTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "liveserve.dll");

    private readonly string _root = Directory.CreateTempSubdirectory("liveserve-").FullName;

    public SettingsTests() => Write("index.html", "<p>hi");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_change_of_the_file_starts_the_server_anew_on_its_port_and_pages_are_told()
    {
        Write("liveserve.json", """{"port": 0}""");
        Write(".dot", "x");
        await using var tool = Tool.Start(_root);
        var port = await tool.PortAsync();
        using var page = await RawSocket.OpenAsync(port);
        await page.NextAsync("connected");
        Assert.Equal(404, (await RawHttp.GetAsync(port, "/.dot")).Status);
        Write("liveserve.json", """{"port": 0, "dotfiles": true}""");
        Assert.Equal(1001, await page.CloseCodeAsync());
        Assert.Equal(port, await tool.PortAsync());
        Assert.Equal(200, (await RawHttp.GetAsync(port, "/.dot")).Status);
        await tool.SignalAsync("INT");
        Assert.Contains("liveserve.json changed", (await tool.EndAsync()).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_by_changes_nothing_and_says_why()
    {
        Write("liveserve.json", """{"port": 0}""");
        await using var tool = Tool.Start(_root, "--json");
        var port = int.Parse(await tool.UntilAsync(JsonPort()));
        Write("liveserve.json", """{"prot": 0}""");
        Assert.Contains("Did you mean port?", await tool.UntilAsync(JsonWarning()), StringComparison.Ordinal);
        Assert.Equal(200, (await RawHttp.GetAsync(port, "/")).Status);
        Write("liveserve.json", """{"port": 0} // the same""");
        Write("index.html", "<p>ho");
        await tool.UntilAsync(JsonIndex());
        Assert.DoesNotContain(tool.Output.Skip(1), line => line.Contains("\"ready\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_elsewhere_is_watched_too()
    {
        var elsewhere = Directory.CreateTempSubdirectory("liveserve-");
        try
        {
            var file = Path.Combine(elsewhere.FullName, "my.json");
            File.WriteAllText(file, """{"port": 0}""");
            Write(".dot", "x");
            await using var tool = Tool.Start(_root, "-c", file);
            var port = await tool.PortAsync();
            File.WriteAllText(file, """{"port": 0, "dotfiles": true}""");
            Assert.Equal(port, await tool.PortAsync());
            Assert.Equal(200, (await RawHttp.GetAsync(port, "/.dot")).Status);
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_file_of_settings_is_never_served()
    {
        Write("liveserve.json", """{"port": 0, "dotfiles": true}""");
        await using var tool = Tool.Start(_root);
        Assert.Equal(404, (await RawHttp.GetAsync(await tool.PortAsync(), "/liveserve.json")).Status);
    }

    [Fact]
    public async Task Keys_show_pages_hold_changes_back_reload_and_quit()
    {
        // script(1) gives it a terminal.
        await using var tool = Tool.StartProgram("script", ["-qec", $"dotnet '{Program}' '{_root}' --port 0", "/dev/null"], null, ("TERM", "xterm"));
        var port = await tool.PortInTerminalAsync();
        using var page = await RawSocket.OpenAsync(port);
        await page.NextAsync("connected");
        await page.SendAsync(new { type = "hello", v = 1, page = new { url = "/index.html", doc = "x", top = true, visible = true } });
        await page.SendAsync(new { type = "ping", t = 1 });
        await page.SkipToAsync("pong");
        await tool.TypeAsync("l");
        await tool.UntilAsync(PageLine());
        await tool.TypeAsync("p");
        await tool.UntilAsync(PausedLine());
        Write("index.html", "<p>ho");
        await tool.TypeAsync("r");
        var reload = await page.SkipToAsync("updated");
        Assert.Equal("you asked for it", reload.GetProperty("items")[0].GetProperty("why").GetString());
        await tool.TypeAsync("p");
        Assert.Equal("index.html", (await page.SkipToAsync("updated")).GetProperty("files")[0].GetString());
        await tool.TypeAsync("h");
        await tool.UntilAsync(HelpLine());
        await tool.TypeAsync("q");
        Assert.Equal(0, (await tool.EndAsync()).Code);
    }

    [Fact]
    public async Task Init_writes_a_file_that_is_read_and_never_writes_over_one()
    {
        await using var first = Tool.StartProgram("dotnet", [Program, "init"], _root);
        Assert.Equal(0, (await first.EndAsync()).Code);
        Assert.Equal(["  wrote liveserve.json", "  wrote liveserve.schema.json"], first.Output);
        await using var tool = Tool.Start(_root, "--port", "0");
        Assert.Equal(200, (await RawHttp.GetAsync(await tool.PortAsync(), "/")).Status);
        Write("liveserve.json", "{}");
        await using var second = Tool.StartProgram("dotnet", [Program, "init"], _root);
        Assert.Contains("liveserve.json is there already", (await second.EndAsync()).Errors, StringComparison.Ordinal);
        Assert.Equal("{}", File.ReadAllText(Path.Combine(_root, "liveserve.json")));
    }

    [Fact]
    public async Task A_folder_of_a_commands_name_is_served_with_a_dot_before_it()
    {
        Write("init/index.html", "<p>in");
        await using var tool = Tool.StartProgram("dotnet", [Program, "./init", "--port", "0"], _root);
        Assert.Contains("<p>in", (await RawHttp.GetAsync(await tool.PortAsync(), "/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bash_completes_options_by_asking_the_tool()
    {
        await using var bash = Tool.StartProgram("bash",
            ["-c", $$"""liveserve() { dotnet '{{Program}}' "$@"; }; eval "$(liveserve completion bash)"; COMP_LINE='liveserve --stri'; COMP_POINT=16; _liveserve; printf '%s\n' "${COMPREPLY[@]}" """]);
        var (code, errors) = await bash.EndAsync();
        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(["--strict-port"], bash.Output);
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    [GeneratedRegex(@"""urls"":\[""http://localhost:(\d+)/""")]
    private static partial Regex JsonPort();

    [GeneratedRegex("^.\"event\":\"warning\"(.*)$")]
    private static partial Regex JsonWarning();

    [GeneratedRegex("^(.\"event\":\"update\".*index.html.*)$")]
    private static partial Regex JsonIndex();

    [GeneratedRegex(@"^  (/index\.html)\s*$")]
    private static partial Regex PageLine();

    [GeneratedRegex("(paused: changes wait)")]
    private static partial Regex PausedLine();

    [GeneratedRegex("(r reload all pages)")]
    private static partial Regex HelpLine();
}
