using System.Globalization;
using System.Text.Json;
using LiveServe.IntegrationTests.Harness;

namespace LiveServe.BrowserTests;

/// <summary>Generated pages and edits, the same ones in each run. LIVESERVE_FUZZ says how many, when more are wanted than fit into a test run.</summary>
public sealed class HtmlPatchFuzzTests(Chromium chromium)
{
    private static readonly int Pairs = int.Parse(Environment.GetEnvironmentVariable("LIVESERVE_FUZZ") ?? "400", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Where_no_script_was_a_patched_page_is_the_new_page()
    {
        var (patched, reloads, failures) = await RunAsync(withState: false);
        Assert.Empty(failures);
        Assert.Equal((Pairs, 0), (patched, reloads));
    }

    [Fact]
    public async Task Where_scripts_and_visitors_were_a_patched_page_is_the_new_page_and_what_they_did()
    {
        var (patched, reloads, failures) = await RunAsync(withState: true);
        Assert.Empty(failures);
        Assert.Equal(Pairs, patched + reloads);
        Assert.True(reloads * 20 < Pairs, $"{reloads} of {Pairs} pages were given up: a patch should be the rule.");
    }

    private async Task<(int Patched, int Reloads, string[] Failures)> RunAsync(bool withState)
    {
        var root = UnitTests.Architecture.Repository.Root;
        await using var site = await TestSite.StartAsync(
            null,
            ("client", Path.Combine(root, "client-snippet")),
            ("fuzz", Path.Combine(root, "tests", "LiveServe.BrowserTests", "Fuzz")),
            ("fuzz.html", "<!doctype html><meta charset=utf-8><title>fuzz</title><body>"));
        await using var open = await OpenPage.OpenAsync(chromium, site, "/fuzz.html");
        var (patched, reloads) = (0, 0);
        var failures = new List<string>();
        for (var from = 1; from <= Pairs; from += 100)
        {
            var count = Math.Min(100, Pairs - from + 1);
            var result = await open.AskAsync<JsonElement>(
                $"async () => (await import('/fuzz.js')).fuzz({from}, {count}, {(withState ? "true" : "false")})");
            patched += result.GetProperty("patched").GetInt32();
            reloads += result.GetProperty("reloads").GetInt32();
            failures.AddRange(result.GetProperty("failures").EnumerateArray().Select(failure => failure.GetString()!));
        }

        return (patched, reloads, [.. failures]);
    }
}
