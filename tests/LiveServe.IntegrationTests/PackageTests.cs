using System.IO.Compression;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>What <c>./pack.sh</c> makes, made once for all tests of it.</summary>
public sealed class PackedTool : IAsyncLifetime
{
    /// <summary>A folder for what the tests need, removed at the end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("liveserve-").FullName;

    /// <summary>Where the packages are.</summary>
    public string Packages => Path.Combine(Folder, "packages");

    public async ValueTask InitializeAsync() => await RunAsync("bash", Path.Combine(Repository(), "pack.sh"), Packages);

    /// <summary>Runs a program to its end, which must be a good one.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        await using var process = Tool.StartProgram(program, arguments, Repository());
        var (code, errors) = await process.EndAsync(TimeSpan.FromMinutes(10));
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}: {string.Join('\n', process.Output.TakeLast(20))} {errors}");
        Assert.DoesNotContain(process.Output, line => line.Contains("warning", StringComparison.OrdinalIgnoreCase) && !line.Contains(" 0 Warning(s)", StringComparison.Ordinal)); // native and trimmed without one
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
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

/// <summary>The tests of what is packed, which is packed once for them.</summary>
[CollectionDefinition(nameof(Packages))]
public sealed class Packages : ICollectionFixture<PackedTool>;

/// <summary>What a user installs: the packed tool goes into a path of its own, is started in a folder and used.</summary>
[Collection(nameof(Packages))]
public sealed class PackageTests(PackedTool packed)
{
    [Fact]
    public void There_is_a_pointer_a_package_for_any_platform_and_those_this_machine_can_build()
    {
        string[] expected = OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64
            ? ["LiveServe", "LiveServe.any", "LiveServe.linux-arm64", "LiveServe.linux-x64"]
            : ["LiveServe", "LiveServe.any"];
        var names = Directory.GetFiles(packed.Packages, "*.nupkg").Select(path => Path.GetFileName(path)).ToHashSet();
        Assert.All(expected, name => Assert.Contains($"{name}.{LiveServer.Version}.nupkg", names));
    }

    [Fact]
    public async Task The_packed_tool_installs_runs_and_updates_a_page()
    {
        var tools = Path.Combine(packed.Folder, "tools");
        var config = Path.Combine(packed.Folder, "nuget.config");
        File.WriteAllText(config, $"<configuration><packageSources><clear/><add key='packed' value='{packed.Packages}'/></packageSources></configuration>");
        await PackedTool.RunAsync("dotnet", "tool", "install", "LiveServe", "--tool-path", tools, "--configfile", config);

        var site = Directory.CreateDirectory(Path.Combine(packed.Folder, "site")).FullName;
        File.WriteAllText(Path.Combine(site, "index.html"), "<p>old");
        await using var tool = Tool.StartProgram(Path.Combine(tools, "liveserve"), ["--port", "0"], site);
        var port = await tool.PortAsync();
        Assert.Contains("<p>old", (await RawHttp.GetAsync(port, "/")).Text, StringComparison.Ordinal);
        using var page = await RawSocket.OpenAsync(port);
        await page.NextAsync("connected");
        File.WriteAllText(Path.Combine(site, "index.html"), "<p>new");
        await page.NextAsync("updated");
        Assert.Contains("client", (await RawHttp.GetAsync(port, "/__liveserve/client.js")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await RawHttp.GetAsync(port, "/__liveserve/chat")).Status);
        using (var ann = await RoomClient.JoinAsync(port, "Ann"))
        {
            await ann.SaidAsync("k1", "kept"); // with SQLite's library, which came along
        }

        await tool.SignalAsync("INT");
        var (code, errors) = await tool.EndAsync();
        Assert.Equal((0, ""), (code, errors));

        // Native: what was installed is the machine's own executable, and no library that looks for a runtime.
        Assert.DoesNotContain(Directory.GetFiles(tools, "*.dll", SearchOption.AllDirectories), file => Path.GetFileName(file) != "e_sqlite3.dll");
        Assert.Single(Directory.GetFiles(tools, "*e_sqlite3*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_package_for_any_platform_runs_on_the_shared_framework()
    {
        var folder = Unzip("LiveServe.any", "any");
        var library = Directory.GetFiles(folder, "liveserve.dll", SearchOption.AllDirectories).Single();
        await using var tool = Tool.StartProgram("dotnet", [library, packed.Folder, "--port", "0"]);
        var port = await tool.PortAsync();
        Assert.Equal(200, (await RawHttp.GetAsync(port, "/__liveserve/status")).Status);
        using var ann = await RoomClient.JoinAsync(port, "Ann");
        await ann.SaidAsync("k1", "kept");
        Assert.All(["linux-x64", "linux-arm64", "linux-musl-x64", "osx-arm64", "osx-x64", "win-x64"],
            platform => Assert.Single(Directory.GetFiles(Path.Combine(Path.GetDirectoryName(library)!, "runtimes", platform), "*e_sqlite3*", SearchOption.AllDirectories)));
    }

    [Fact]
    public async Task The_package_for_ARM_runs_on_an_emulated_one()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64,
            "built only where the cross compiler is");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var executable = Directory.GetFiles(Unzip("LiveServe.linux-arm64", "arm"), "liveserve", SearchOption.AllDirectories).Single();
        File.SetUnixFileMode(executable, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var site = Directory.CreateDirectory(Path.Combine(packed.Folder, "arm-site")).FullName;
        File.WriteAllText(Path.Combine(site, "index.html"), "<!doctype html><head></head><p>arm");
        await using var tool = Tool.StartProgram("qemu-aarch64-static", ["-L", "/usr/aarch64-linux-gnu", executable, site, "--port", "0"]);
        var answer = await RawHttp.GetAsync(await tool.PortAsync(), "/");
        Assert.Contains("/__liveserve/client.js", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("<p>arm", answer.Text, StringComparison.Ordinal);
    }

    private string Unzip(string package, string name)
    {
        var folder = Path.Combine(packed.Folder, name);
        ZipFile.ExtractToDirectory(Path.Combine(packed.Packages, $"{package}.{LiveServer.Version}.nupkg"), folder);
        return folder;
    }
}
