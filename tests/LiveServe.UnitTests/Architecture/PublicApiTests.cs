using PublicApiGenerator;

namespace LiveServe.UnitTests.Architecture;

/// <summary>The public surface is a promise: it changes only where <c>PublicApi.approved.txt</c> changes with it.</summary>
public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions Options = new() { IncludeAssemblyAttributes = false };

    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        var file = Path.Combine(Repository.Root, "tests", "LiveServe.UnitTests", "Architecture", "PublicApi.approved.txt");
        var actual = typeof(LiveServer).Assembly.GeneratePublicApi(Options).ReplaceLineEndings("\n").Trim();
        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n").Trim() : "";
        if (actual != approved)
        {
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt"), actual + "\n");
        }

        Assert.Equal(approved, actual);
    }
}
