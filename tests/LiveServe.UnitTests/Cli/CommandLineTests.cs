using LiveServe.Cli.Settings;

namespace LiveServe.UnitTests.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--prot", "--port")]
    [InlineData("--por=3", "--port")]
    [InlineData("--quite", "--quiet")]
    [InlineData("--no-chatt", "--no-chat")]
    [InlineData("--strictport", "--strict-port")]
    [InlineData("--no-css", "--no-css-inject")]
    [InlineData("-x", "-")]
    public void An_unknown_option_is_refused_and_the_nearest_named(string typed, string expected)
    {
        var (invocation, problems, _) = Read("site", typed);
        Assert.Null(invocation);
        Assert.Contains(expected, Assert.Single(problems), StringComparison.Ordinal);
        Assert.StartsWith($"There is no option {typed.Split('=')[0]}.", problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_said_at_once()
    {
        var (_, problems, _) = Read("--port", "70000", "--wait", "-1", "--host", "nowhere");
        Assert.Equal(3, problems.Count);
    }

    [Theory]
    [InlineData("--port=7")]
    [InlineData("--port", "7")]
    [InlineData("-p", "7")]
    [InlineData("-p=7")]
    public void A_value_comes_after_an_equals_sign_or_a_space(params string[] arguments) =>
        Assert.Equal(7, Read(arguments).Invocation!.Serve.Port);

    [Fact]
    public void Lists_repeat_or_take_commas() =>
        Assert.Equal(["a", "b", "c"], Read("--allow-host", "a,b", "--allow-host=c").Invocation!.Serve.AllowedHosts);

    [Fact]
    public void The_last_of_several_toggles_wins()
    {
        Assert.False(Read("--no-chat").Invocation!.Serve.Chat);
        Assert.True(Read("--no-chat", "--chat").Invocation!.Serve.Chat);
        Assert.False(Read("--chat=false").Invocation!.Serve.Chat);
        Assert.True(Read("--strict-port", "site").Invocation!.Serve.StrictPort);
        Assert.False(Read("--strict-port", "--no-strict-port").Invocation!.Serve.StrictPort);
    }

    [Fact]
    public void A_toggle_does_not_swallow_the_folder() => Assert.Equal("site", Read("--verbose", "site").Invocation!.Serve.Root);

    [Fact]
    public void Open_takes_a_path_or_none()
    {
        Assert.Null(Read().Invocation!.Open);
        Assert.Equal("/", Read("--open").Invocation!.Open);
        Assert.Equal("/a", Read("--open=/a").Invocation!.Open);
        Assert.Null(Read("--open", "--no-open").Invocation!.Open);
        Assert.Null(Read("-o", "--no-browser").Invocation!.Open);
    }

    [Fact]
    public void The_consoles_level_is_one_of_five()
    {
        Assert.Equal(ConsoleLevel.Error, Read().Invocation!.Serve.Console);
        Assert.Equal(ConsoleLevel.Warn, Read("--console", "warn").Invocation!.Serve.Console);
        Assert.Equal(ConsoleLevel.Off, Read("--console=OFF").Invocation!.Serve.Console);
        Assert.Contains("--console", Assert.Single(Read("--console=loud").Problems), StringComparison.Ordinal);
        Assert.Single(Read("--console=1").Problems);
        Assert.Single(Read("--console=").Problems);
    }

    [Fact]
    public void Poll_takes_a_number_or_none()
    {
        Assert.Null(Read().Invocation!.Serve.Poll);
        Assert.Equal(TimeSpan.FromMilliseconds(200), Read("--poll").Invocation!.Serve.Poll);
        Assert.Equal(TimeSpan.FromMilliseconds(50), Read("--poll", "50").Invocation!.Serve.Poll);
    }

    [Fact]
    public void The_defaults_are_those_of_the_options()
    {
        var serve = Read("site").Invocation!.Serve;
        Assert.Equal(new LiveServeOptions { Root = "site" } with { Report = serve.Report, Ignore = serve.Ignore, AllowedHosts = serve.AllowedHosts, AllowedOrigins = serve.AllowedOrigins, WatchPaths = serve.WatchPaths, Mounts = serve.Mounts }, serve);
    }

    [Fact]
    public void Every_option_of_the_help_is_taken()
    {
        var help = HelpText.Render();
        var options = help.Split('\n').Where(line => line.StartsWith("  -", StringComparison.Ordinal))
            .Select(line => line[2..28].Split(',')[^1].Trim().Split(' ')).Where(words => words[0] is not ("--help" or "--version" or "--config")).ToList();
        Assert.True(options.Count > 20);
        foreach (var words in options)
        {
            string[] arguments = words.Length > 1 ? [$"{words[0]}={(words[1].Trim('[', ']') switch { "N" or "MS" => "10", "ADDR" => "127.0.0.1", "LEVEL" => "warn", "MODE" => "full", "KIND" => "sse", "LINE" => "A: b", "ORIGIN" => "http://a.test", "USER:PASS" => "a:b", "PATH" => "/a", "ROUTE:PATH" => "/lib:x", "ROUTE=URL" => "/api=http://localhost:1", _ => "x" })}"] : [words[0]];
            Assert.Empty(Read(arguments).Problems);
        }
    }

    [Theory]
    [InlineData("site", "--open", "site")]
    [InlineData("site", "--poll", "site")]
    [InlineData("site", "-o", "--poll", "site")]
    public void A_value_that_may_be_left_out_does_not_swallow_the_folder(string root, params string[] arguments) =>
        Assert.Equal(root, Read(arguments).Invocation!.Serve.Root);

    [Fact]
    public void What_is_off_is_off_wherever_it_was_on()
    {
        Assert.Null(Read("--poll", "--no-poll").Invocation!.Serve.Poll);
        Assert.Equal(TimeSpan.FromMilliseconds(50), Read("--no-poll", "--poll=50").Invocation!.Serve.Poll);
    }

    [Fact]
    public void A_URL_in_the_folders_place_is_a_server_whose_site_is_shown()
    {
        var serve = Read("http://localhost:3000").Invocation!.Serve;
        Assert.Equal(("", new Uri("http://localhost:3000/")), (serve.Root, serve.Upstream));
        Assert.Contains("ftp is not forwarded", Assert.Single(Read("ftp://localhost").Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void On_the_network_folders_are_listed_only_when_that_is_said()
    {
        Assert.True(Read().Invocation!.Serve.Listing);
        Assert.False(Read("--lan").Invocation!.Serve.Listing);
        Assert.True(Read("--listing", "--lan").Invocation!.Serve.Listing);
    }

    [Fact]
    public void Watching_takes_paths_or_is_off()
    {
        Assert.Equal((true, 0), (Read().Invocation!.Serve.Watch, Read().Invocation!.Serve.WatchPaths.Count));
        Assert.Equal(["a", "b"], Read("--watch", "a", "--watch=b").Invocation!.Serve.WatchPaths);
        Assert.False(Read("--no-watch").Invocation!.Serve.Watch);
    }

    [Fact]
    public void After_two_dashes_comes_the_folder() => Assert.Equal("--port", Read("--", "--port").Invocation!.Serve.Root);

    private static Reading Read(params string[] arguments) => CommandLine.Read(["--no-config", .. arguments], _ => null);
}
