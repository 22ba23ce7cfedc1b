using LiveServe.Cli;
using LiveServe.Cli.Settings;

namespace LiveServe.UnitTests.Cli;

/// <summary>Whatever a file, a host, an address or a page is called: it writes text to the terminal and drives nothing.</summary>
public sealed class TerminalTests
{
    // ESC and what begins with it, the C1 controls that mean the same (ECMA-48 §5.3), bell, backspace, a carriage return that overwrites the line.
    private const string Hostile = "a\u001b[2J\u001b]0;title\u0007\u009b31m\u009d0;t\u009c\u0090q\u0085\b\r\u007fb\0";

    public static TheoryData<string> Outputs => [.. Events().Select(one => one.GetType().Name)];

    [Theory, MemberData(nameof(Outputs))]
    public void No_event_drives_the_terminal(string name)
    {
        using var output = new StringWriter();
        var terminal = new Terminal(new OutputMode(Quiet: false, Verbose: true, Json: false, Color: false), output, output);
        terminal.Show(Events().Single(one => one.GetType().Name == name));
        Assert.Contains('a', output.ToString());
        Assert.DoesNotContain(output.ToString().Replace("\n", "", StringComparison.Ordinal), char.IsControl);
    }

    [Fact]
    public void What_the_echo_hears_is_a_line()
    {
        using var output = new StringWriter();
        new Terminal(new OutputMode(false, false, false, Color: false), output, output).Show(new EchoHeard("hello"));
        Assert.EndsWith(" received: hello\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_turns_the_direction_of_a_line_or_breaks_it()
    {
        const string Turning = "a\u202Egpj.exe\u2066b\u2069\u200F\u061C\u2028c";
        using var output = new StringWriter();
        new Terminal(new OutputMode(false, false, false, Color: false), output, output).Show(new WarningRaised(Turning, null));
        Assert.EndsWith("a\uFFFDgpj.exe\uFFFDb\uFFFD\uFFFD\uFFFD\uFFFDc\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_failure_drives_it_either()
    {
        using var output = new StringWriter();
        new Terminal(new OutputMode(false, false, false, Color: false), output, output).Fail(Hostile, Hostile);
        Assert.DoesNotContain(output.ToString().TrimEnd('\n'), char.IsControl);
    }

    [Theory, MemberData(nameof(Outputs))]
    public void As_JSON_it_is_one_line_of_ASCII(string name)
    {
        using var output = new StringWriter();
        new JsonLines(new OutputMode(false, Verbose: true, Json: true, false), output).Show(Events().Single(one => one.GetType().Name == name));
        Assert.DoesNotContain(output.ToString().TrimEnd('\n', '\r'), character => character is < ' ' or > '~');
    }

    private static ServerEvent[] Events() =>
    [
        new UpdateSent(1, [Hostile], [new UpdateStep("css", Hostile, Hostile)], 0, 0, TimeSpan.Zero),
        new UpdateApplied(1, Hostile, Hostile, 1, Hostile),
        new RequestAnswered(Hostile, Hostile, 200),
        new PageProblemReported(null, Hostile, Hostile, Hostile, 1, 1),
        new ConsoleReported(ConsoleLevel.Error, Hostile, null, Hostile, 1),
        new EchoHeard(Hostile),
        new WarningRaised(Hostile, Hostile),
    ];
}
