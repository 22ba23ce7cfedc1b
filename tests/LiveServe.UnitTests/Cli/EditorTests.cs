using LiveServe.Cli;

namespace LiveServe.UnitTests.Cli;

public sealed class EditorTests
{
    private const string File = "/site/a b;rm -rf {line}.js";

    [Theory]
    [InlineData("myeditor", "myeditor", File)]
    [InlineData("myeditor --wait", "myeditor", "--wait", File)]
    [InlineData("myeditor +{line},{column} {file}", "myeditor", "+7,3", File)]
    [InlineData("\"/opt/my editor/bin/ed\" -n '{line} x' {file}", "/opt/my editor/bin/ed", "-n", "7 x", File)]
    [InlineData("  vi\t{file}:{line}  ", "vi", File + ":7")]
    [InlineData("/usr/bin/code", "/usr/bin/code", "--goto", File + ":7:3")]
    [InlineData("code -r", "code", "-r", "--goto", File + ":7:3")]
    [InlineData("rider", "rider", "--line", "7", "--column", "3", File)]
    public void The_users_wish_is_one_program_and_whole_arguments(string wish, string program, params string[] arguments) =>
        Check(Editor.Command(wish, _ => "/bin/other", File, 7, 3), program, arguments);

    [Theory]
    [InlineData("code,zed", "/bin/code", "--goto", File + ":7:3")]
    [InlineData("rider,zed", "/bin/zed", File + ":7:3")]
    [InlineData("subl", "/bin/subl", File + ":7:3")]
    [InlineData("idea", "/bin/idea", "--line", "7", "--column", "3", File)]
    public void Without_one_it_is_the_first_that_is_there(string present, string program, params string[] arguments)
    {
        foreach (var nothing in new[] { null, "", "  " })
        {
            Check(Editor.Command(nothing, name => present.Split(',').Contains(name) ? $"/bin/{name}" : null, File, 7, 3), program, arguments);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("\"\"")]
    public void And_there_may_be_none(string? wish) => Assert.True(string.IsNullOrEmpty(Editor.Command(wish, _ => null, File, 7, 3)?.Program));

    private static void Check(EditorCommand? command, string program, string[] arguments)
    {
        Assert.Equal(program, command!.Program);
        Assert.Equal(arguments, command.Arguments);
    }
}
