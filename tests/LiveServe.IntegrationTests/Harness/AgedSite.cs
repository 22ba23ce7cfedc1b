namespace LiveServe.IntegrationTests.Harness;

/// <summary>
/// A site that nobody changes, with files so old that their dates tell versions apart (<c>FileDates</c>). That takes two seconds, so its tests
/// share it.
/// </summary>
[CollectionDefinition(nameof(AgedSite))]
public sealed class AgedSite : ICollectionFixture<AgedSite>, IAsyncLifetime
{
    /// <summary>The length of <c>a.bin</c>.</summary>
    public const int Small = 1000;

    /// <summary>The length of <c>b.bin</c>, which is more than is held in memory.</summary>
    public const int Large = 17 * 1024 * 1024;

    private TestSite _site = null!;

    /// <summary>The server's port.</summary>
    public int Port => _site.Port;

    /// <summary>A full path in the folder.</summary>
    public string At(string path) => _site.At(path);

    public async ValueTask InitializeAsync()
    {
        _site = await TestSite.StartAsync();
        await _site.StopServerAsync();
        foreach (var (name, length) in new[] { ("a.bin", Small), ("b.bin", Large) })
        {
            var bytes = new byte[length];
            new Random(7).NextBytes(bytes);
            _site.Write(name, bytes);
        }

        _site.Write("index.html", "<!doctype html><title>t</title><p>x");
        _site.Write("style.css", "p{}");
        _site.Write("kept.txt", "put in place later than it says");
        File.SetLastWriteTimeUtc(At("kept.txt"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        _site.Write("future.txt", "from the future");
        File.SetLastWriteTimeUtc(At("future.txt"), new DateTime(2101, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        FileTick.Wait(_site.Root, TimeSpan.FromSeconds(2.2));
        await _site.StartServerAsync(port: 0);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
