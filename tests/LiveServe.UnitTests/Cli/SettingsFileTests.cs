using System.Text;
using LiveServe.Cli.Settings;

namespace LiveServe.UnitTests.Cli;

/// <summary>What may stand in <c>liveserve.json</c>, and what is said of the rest.</summary>
public sealed class SettingsFileTests
{
    [Fact]
    public void A_file_with_comments_and_trailing_commas_is_read()
    {
        var (values, problems) = Read("""
            // ours
            {
              "$schema": "./liveserve.schema.json",
              "port": 9000, /* not
              8080 */
              "allowHost": ["a.test", "b.test",],
              "ignore": "*.log",
              "chat": false,
              "open": true,
              "poll": false,
              "reload": "full",
            }
            """);
        Assert.Empty(problems);
        Assert.Equal(["9000"], values["port"].Texts);
        Assert.Equal(["a.test", "b.test"], values["allow-host"].Texts);
        Assert.Equal(["*.log"], values["ignore"].Texts);
        Assert.Equal(["false"], values["chat"].Texts);
        Assert.Equal(["/"], values["open"].Texts);
        Assert.True(values["poll"].IsOff);
        Assert.Equal("liveserve.json:4 port", values["port"].Place);
    }

    [Theory]
    [InlineData("{\"prot\": 1}", "liveserve.json:1 There is no setting prot. Did you mean port?")]
    [InlineData("{\n\"no-chat\": true}", "liveserve.json:2 There is no setting no-chat.")]
    [InlineData("{\"port\": \"8080\"}", "liveserve.json:1 port cannot be \"8080\". Give a number.")]
    [InlineData("{\"port\": true}", "port cannot be true. Give a number.")]
    [InlineData("{\"port\": null}", "port cannot be null.")]
    [InlineData("{\"chat\": \"no\"}", "chat cannot be \"no\". Give true or false.")]
    [InlineData("{\"ignore\": [1]}", "ignore cannot be [1]. Give an array of texts.")]
    [InlineData("{\"ignore\": {\"a\": \"b\"}}", "Give an array of texts.")]
    [InlineData("{\"poll\": \"x\"}", "Give a number, or true or false.")]
    [InlineData("{\"port\": 1, \"port\": 2}", "port is there twice.")]
    [InlineData("{\n\n\"port\": }", "liveserve.json:3 is no JSON:")]
    [InlineData("{\"port\": 1} {}", "is no JSON:")]
    [InlineData("[]", "is no JSON object.")]
    [InlineData("", "is no JSON:")]
    [InlineData("{", "is no JSON:")]
    [InlineData("{\"browser\": \"\\ud800\"}", "is no Unicode.")]
    public void What_is_wrong_is_said_with_its_line(string text, string expected) =>
        Assert.Contains(expected, Assert.Single(Read(text).Problems), StringComparison.Ordinal);

    [Fact]
    public void All_problems_of_file_environment_and_flags_are_said_at_once()
    {
        using var folder = new TemporaryFolder();
        folder.Write("liveserve.json", """{"port": 70000, "reload": "never", "xyz": 1}""");
        var reading = CommandLine.Read([folder.Path, "--wait", "-1"], name => name == "LIVESERVE_MAX_SOCKETS" ? "many" : null);
        string[] expected =
        [
            "liveserve.json:1 There is no setting xyz.", "--wait -1 is out of range.", "liveserve.json:1 port 70000 is out of range.",
            "LIVESERVE_MAX_SOCKETS many is no number.", "liveserve.json:1 reload never is none that there is.",
        ];
        Assert.Null(reading.Invocation);
        Assert.Equal(expected.Length, reading.Problems.Count);
        Assert.All(expected, words => Assert.Contains(reading.Problems, problem => problem.StartsWith(words, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_flag_beats_the_environment_and_that_beats_the_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write("liveserve.json", """{"port": 1001, "wait": 1, "dotfiles": true, "allowHost": ["file.test"], "poll": 100, "maxSockets": 5}""");
        string? Environment(string name) => name switch
        {
            "LIVESERVE_WAIT" => "2",
            "PORT" => "1002",
            "LIVESERVE_ALLOW_HOST" => "a.test, b.test",
            "LIVESERVE_DOTFILES" => "0",
            _ => null,
        };
        var serve = CommandLine.Read([folder.Path, "--wait=3", "--no-poll"], Environment).Invocation!.Serve;
        Assert.Equal(
            (TimeSpan.FromMilliseconds(3), 1002, false, "a.test b.test", null, 5),
            (serve.Wait, serve.Port, serve.Dotfiles, string.Join(' ', serve.AllowedHosts), serve.Poll, serve.MaximumSockets));
    }

    [Fact]
    public void The_nearest_file_above_counts_and_no_other()
    {
        using var folder = new TemporaryFolder();
        folder.Write("liveserve.json", """{"port": 1}""");
        folder.Write("a/liveserve.json", """{"port": 2}""");
        folder.Write("a/b/c.html", "");
        Assert.Equal(2, CommandLine.Read([folder.At("a/b")], _ => null).Invocation!.Serve.Port);
        Assert.Equal(1, CommandLine.Read([folder.At("a/b"), "-c", folder.At("liveserve.json")], _ => null).Invocation!.Serve.Port);
        Assert.Equal(8080, CommandLine.Read([folder.At("a/b"), "--no-config"], _ => null).Invocation!.Serve.Port);
        Assert.Contains("cannot be read", Assert.Single(CommandLine.Read([folder.Path, "-c", folder.At("none.json")], _ => null).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_everybody_may_write_into_is_not_believed()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // it has other rights
        }

        using var folder = new TemporaryFolder();
        folder.Write("liveserve.json", """{"port": 1}""");
        folder.Write("site/a.html", "");
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_111_111);
        Assert.Equal(8080, CommandLine.Read([folder.At("site")], _ => null).Invocation!.Serve.Port);
    }

    [Fact]
    public void Every_setting_can_stand_in_the_file_that_init_writes()
    {
        var text = string.Join('\n', Init.Template().Split('\n').Select(line => line.StartsWith("  // \"", StringComparison.Ordinal) ? line[5..] : line));
        var (values, problems) = Read(text);
        Assert.Empty(problems);
        Assert.Equal(AllSettings.Table.Select(setting => setting.Name).Order(StringComparer.Ordinal), values.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(Read(Init.Template()).Values);
    }

    [Fact]
    public void What_live_server_has_a_file_for_is_taken_over_and_the_rest_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".live-server.json", """{"port": 5050, "host": "0.0.0.0", "ignore": "a,b", "noCssInject": true, "open": false, "logLevel": 2, "middleware": []}""");
        var reading = CommandLine.Read([folder.Path], _ => null);
        var serve = reading.Invocation!.Serve;
        Assert.Equal((5050, null, "a b", false, null), (serve.Port, serve.Host, string.Join(' ', serve.Ignore), serve.SwapCss, reading.Invocation.Open));
        Assert.Equal([".live-server.json is read, but not its host, logLevel, middleware."], reading.Notes);
        folder.Write("liveserve.json", "{}");
        Assert.Equal(8080, CommandLine.Read([folder.Path], _ => null).Invocation!.Serve.Port);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"port\": {}}")]
    [InlineData("{\"mount\": [[\"/a\"]], \"proxy\": 7}")]
    public void Another_tools_file_that_is_broken_is_a_note_and_no_error(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write(".live-server.json", text);
        var reading = CommandLine.Read([folder.Path], _ => null);
        Assert.NotNull(reading.Invocation);
        Assert.Single(reading.Notes);
    }

    private static (Dictionary<string, Given> Values, List<string> Problems) Read(string text)
    {
        var problems = new List<string>();
        var values = SettingsFile.Parse(Encoding.UTF8.GetBytes(text), "liveserve.json", problems.Add);
        return (values.ToDictionary(pair => pair.Key.Name, pair => pair.Value), problems);
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("liveserve-").FullName;

        public string At(string file) => System.IO.Path.Combine(Path, file);

        public void Write(string file, string text)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(file))!);
            File.WriteAllText(At(file), text);
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
