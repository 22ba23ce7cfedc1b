using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>
/// What a user installs: <c>./pack.sh</c> is run, the tool is installed from its folder into a path of its own, started in a folder and used.
/// </summary>
public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveserve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_packed_tool_installs_runs_and_updates_a_page()
    {
        var packages = Path.Combine(_folder, "packages");
        await RunAsync("bash", Path.Combine(Repository(), "pack.sh"), packages);
        var names = Directory.GetFiles(packages, "*.nupkg").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToList();
        Assert.Contains($"LiveServe.{LiveServer.Version}.nupkg", names);
        Assert.Contains($"LiveServe.any.{LiveServer.Version}.nupkg", names);
        Assert.Contains($"LiveServe.linux-x64.{LiveServer.Version}.nupkg", names);

        var tools = Path.Combine(_folder, "tools");
        File.WriteAllText(Path.Combine(_folder, "nuget.config"), $"<configuration><packageSources><clear/><add key='packed' value='{packages}'/></packageSources></configuration>");
        await RunAsync("dotnet", "tool", "install", "LiveServe", "--tool-path", tools, "--configfile", Path.Combine(_folder, "nuget.config"));
        var command = Path.Combine(tools, "liveserve");

        var site = Directory.CreateDirectory(Path.Combine(_folder, "site")).FullName;
        File.WriteAllText(Path.Combine(site, "index.html"), "<p>old");
        await using var tool = Tool.StartProgram(command, ["--port", "0"], site);
        var port = await tool.PortAsync();
        Assert.Contains("<p>old", (await RawHttp.GetAsync(port, "/")).Text, StringComparison.Ordinal);
        using var page = await RawSocket.OpenAsync(port);
        await page.NextAsync("connected");
        File.WriteAllText(Path.Combine(site, "index.html"), "<p>new");
        await page.NextAsync("updated");
        Assert.Contains("client", (await RawHttp.GetAsync(port, "/__liveserve/client.js")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await RawHttp.GetAsync(port, "/__liveserve/chat")).Status);
        await tool.SignalAsync("INT");
        Assert.Equal(0, (await tool.EndAsync()).Code);

        // Native: the installed command is an executable of the machine, not a host that looks for a runtime.
        var native = Directory.GetFiles(tools, "liveserve", SearchOption.AllDirectories).Concat(Directory.GetFiles(Path.Combine(tools, ".store"), "liveserve", SearchOption.AllDirectories))
            .Max(file => new FileInfo(new FileInfo(file).ResolveLinkTarget(true)?.FullName ?? file).Length);
        Assert.True(native > 5_000_000, $"{native} bytes are no native tool");
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        await using var process = Tool.StartProgram(program, arguments, Repository(), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"));
        var (code, errors) = await process.EndAsync(TimeSpan.FromMinutes(10));
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}: {string.Join('\n', process.Output.TakeLast(20))} {errors}");
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "LiveServe.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
