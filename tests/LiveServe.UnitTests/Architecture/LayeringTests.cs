using System.Text.RegularExpressions;

namespace LiveServe.UnitTests.Architecture;

/// <summary>Reads the <c>using</c> lines: arrows point left only, and neighbours do not know each other.</summary>
public sealed partial class LayeringTests
{
    private static readonly string[][] Layers =
    [
        ["Content", "QrCodes"],
        ["Files"],
        ["Paths", "Protocol", "Security", "Certificates", "Injection", "Scanning"],
        ["Watching", "Sockets", "Serving", "Proxying"],
        ["Updates", "Chat", "Inspection"],
        [""], // LiveServer, RequestPipeline, MessageRouter
        ["Hosting"],
    ];

    [Fact]
    public void Arrows_point_left_only()
    {
        var core = Path.Combine(Repository.Root, "src", "LiveServe.Core");
        var wrong = new List<string>();
        foreach (var file in Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories).Where(file => !Repository.IsBuilt(file)))
        {
            var folder = Path.GetRelativePath(core, Path.GetDirectoryName(file)!).Split(Path.DirectorySeparatorChar)[0].Trim('.');
            var layer = Array.FindIndex(Layers, names => names.Contains(folder));
            Assert.True(layer >= 0, $"{folder} is in no layer");
            foreach (Match arrow in OwnUsing().Matches(File.ReadAllText(file)))
            {
                var target = arrow.Groups[1].Value;
                var other = Array.FindIndex(Layers, names => names.Contains(target));
                if (target != folder && other >= layer)
                {
                    wrong.Add($"{Path.GetRelativePath(core, file)} → {target}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Core_does_not_write_to_the_terminal() =>
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "LiveServe.Core"), "*.cs", SearchOption.AllDirectories).Where(file => !Repository.IsBuilt(file)),
            file => File.ReadAllText(file).Contains("Console.", StringComparison.Ordinal));

    [GeneratedRegex(@"^using LiveServe\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex OwnUsing();
}
