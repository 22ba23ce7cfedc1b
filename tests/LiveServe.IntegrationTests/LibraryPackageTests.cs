using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.IntegrationTests;

/// <summary>What the user of the library installs: it is packed, an app that is made anew takes it from there, is built, run and used.</summary>
[Collection(nameof(Packages))]
public sealed partial class LibraryPackageTests(PackedTool packed) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveserve-").FullName;

    [Fact]
    public async Task The_packed_library_makes_a_new_app_live()
    {
        var packages = packed.Packages;
        using (var package = ZipFile.OpenRead(Path.Combine(packages, $"LiveServe.Core.{LiveServer.Version}.nupkg")))
        {
            string[] expected = ["README.md", "LICENSE", "THIRD-PARTY-NOTICES.md", "lib/net10.0/LiveServe.Core.dll", "lib/net10.0/LiveServe.Core.xml"];
            Assert.All(expected, name => Assert.Contains(package.Entries, entry => entry.FullName == name));
        }

        Assert.True(File.Exists(Path.Combine(packages, $"LiveServe.Core.{LiveServer.Version}.snupkg")));

        // What is here already is not fetched again; what is packed here goes into no cache.
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{At("cache")}"/></config>
              <fallbackPackageFolders><add key="here" value="{cache}"/></fallbackPackageFolders>
              <packageSources><add key="packed" value="{packages}"/></packageSources>
            </configuration>
            """);
        Write("app/app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup><PackageReference Include="LiveServe.Core" Version="{LiveServer.Version}" /></ItemGroup>
            </Project>
            """);
        Write("app/Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.UseLiveServe();
            app.MapStaticAssets();
            app.MapGet("/", () => Results.Content("<!doctype html><title>t</title>", "text/html"));
            app.Run();
            """);
        Write("app/wwwroot/css/site.css", "p {}");
        await PackedTool.RunAsync("dotnet", "build", At("app"), "-v", "quiet", "--nologo");

        await using var app = Tool.StartProgram(
            "dotnet", [At("app/bin/Debug/net10.0/app.dll"), "--urls", "http://127.0.0.1:0"], At("app"), ("ASPNETCORE_ENVIRONMENT", "Development"));
        var port = int.Parse(await app.UntilAsync(Listening()));
        Assert.Contains("/__liveserve/client.js", (await RawHttp.GetAsync(port, "/", "Accept: text/html")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await RawHttp.GetAsync(port, "/__liveserve/chat")).Status);

        // The build gave the sheet a second address, with its version in it: a page that has loaded it there hears of a save by that address.
        var address = Versioned().Match(File.ReadAllText(At("app/bin/Debug/net10.0/app.staticwebassets.endpoints.json"))).Groups[1].Value;
        Assert.Equal("p {}", (await RawHttp.GetAsync(port, $"/{address}")).Text);
        using var page = await RawSocket.OpenAsync(port, "liveserve.1");
        await page.NextAsync("connected");
        await page.SendAsync(new { type = "resources", add = new[] { $"/{address}" } });
        await page.SendAsync(new { type = "hello", v = 1, page = new { url = "/", doc = "", top = true, visible = true } });
        await page.SendAsync(new { type = "ping", t = 1 });
        await page.NextAsync("pong");
        Write("app/wwwroot/css/site.css", "p { color: red }");
        JsonElement item = (await page.NextAsync("updated")).GetProperty("items")[0];
        Assert.Equal(("css", $"/{address}"), (item.GetProperty("kind").GetString(), item.GetProperty("url").GetString()));
        Assert.Equal("p { color: red }", (await RawHttp.GetAsync(port, $"/{address}?t=1")).Text);

        await app.SignalAsync("INT");
        Assert.Equal(0, (await app.EndAsync()).Code);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string path) => Path.Combine(_folder, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    [GeneratedRegex(@"Now listening on: http://127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();

    [GeneratedRegex("\"(css/site\\.[0-9a-z]+\\.css)\"")]
    private static partial Regex Versioned();
}
