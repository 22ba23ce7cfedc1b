using System.Text;
using LiveServe.Files;
using LiveServe.IntegrationTests.Harness;
using LiveServe.Serving;

namespace LiveServe.IntegrationTests;

/// <summary>Style sheets that are asked for with a version, byte by byte, on a real socket.</summary>
public sealed class SheetVersionTests : IDisposable
{
    private const string Sheet = "@import 'base.css';a{background:url(../img/x.png#f)}b{background:url(y.png)}";
    private const string Stamped = "@import 'base.css?t=1700000000001';a{background:url(../img/x.png?t=1700000000002#f)}b{background:url(y.png)}";

    private readonly string _root = Directory.CreateTempSubdirectory("liveserve-").FullName;
    private readonly Dictionary<string, long> _versions = new() { ["/css/base.css"] = 1_700_000_000_001, ["/img/x.png"] = 1_700_000_000_002 };

    [Theory]
    [InlineData("/css/site.css", Sheet)]
    [InlineData("/css/site.css?", Sheet)]
    [InlineData("/css/site.css?t=", Sheet)]
    [InlineData("/css/site.css?t=x", Sheet)]
    [InlineData("/css/site.css?at=1", Sheet)]
    [InlineData("/css/site.css?v=2", Sheet)]
    [InlineData("/css/site.css?t=1", Stamped)]
    [InlineData("/css/site.css?v=2&t=1700000000000", Stamped)]
    [InlineData("/css//site.css?t=1", Stamped)]
    [InlineData("/css/s%69te.css?t=1", Stamped)]
    [InlineData("/css/plain.css?t=1", "a{}")]
    [InlineData("/css/site.txt?t=1", Sheet)]
    public async Task A_sheet_that_is_asked_for_with_a_version_names_versions(string target, string text)
    {
        using var host = await StartAsync();
        var answer = await RawHttp.GetAsync(host.Port, target);
        Assert.Equal(200, answer.Status);
        Assert.Equal(text, answer.Text);
        Assert.Equal(answer.Body.Length.ToString(), answer["Content-Length"]);
    }

    [Fact]
    public async Task Head_says_what_get_sends()
    {
        using var host = await StartAsync();
        var get = await RawHttp.GetAsync(host.Port, "/css/site.css?t=1");
        var head = await RawHttp.SendAsync(host.Port, "HEAD", "/css/site.css?t=1");
        Assert.Equal(get.Body.Length.ToString(), head["Content-Length"]);
        Assert.Equal(get["ETag"], head["ETag"]);
        Assert.Equal("text/css; charset=utf-8", head["Content-Type"]);
        Assert.Empty(head.Body);
    }

    [Fact]
    public async Task Each_version_of_a_sheet_has_its_own_tag_and_is_not_sent_again()
    {
        using var host = await StartAsync();
        var plain = await RawHttp.GetAsync(host.Port, "/css/site.css");
        var stamped = await RawHttp.GetAsync(host.Port, "/css/site.css?t=1");
        Assert.NotEqual(plain["ETag"], stamped["ETag"]);

        var again = await RawHttp.GetAsync(host.Port, "/css/site.css?t=1", $"If-None-Match: {stamped["ETag"]}");
        Assert.Equal(304, again.Status);
        Assert.Equal(stamped["ETag"], again["ETag"]);
        Assert.Empty(again.Body);
        Assert.Equal(304, (await RawHttp.GetAsync(host.Port, "/css/site.css", $"If-None-Match: {plain["ETag"]}")).Status);
        Assert.Equal(200, (await RawHttp.GetAsync(host.Port, "/css/site.css?t=1", $"If-None-Match: {plain["ETag"]}")).Status);
        Assert.Equal(200, (await RawHttp.GetAsync(host.Port, "/css/site.css", $"If-None-Match: {stamped["ETag"]}")).Status);

        _versions["/img/x.png"]++; // another save of the picture: the sheet's file is what it was, the answer is not
        var after = await RawHttp.GetAsync(host.Port, "/css/site.css?t=2", $"If-None-Match: {stamped["ETag"]}");
        Assert.Equal(200, after.Status);
        Assert.Contains("x.png?t=1700000000003#f", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_of_a_sheet_is_a_part_of_the_bytes_that_are_sent()
    {
        using var host = await StartAsync();
        var answer = await RawHttp.GetAsync(host.Port, "/css/site.css?t=1", "Range: bytes=3-20");
        Assert.Equal((206, $"bytes 3-20/{Encoding.UTF8.GetByteCount(Stamped)}"), (answer.Status, answer["Content-Range"]));
        Assert.Equal(Encoding.UTF8.GetBytes(Stamped)[3..21], answer.Body);
    }

    [Theory]
    [InlineData("/css/unknown.css")]
    [InlineData("/css/shift-jis.css")]
    [InlineData("/css/wide.css")]
    public async Task A_sheet_in_an_encoding_that_is_not_scanned_stays_as_it_is(string path)
    {
        using var host = await StartAsync();
        var answer = await RawHttp.GetAsync(host.Port, path + "?t=1");
        Assert.Equal(File.ReadAllBytes(_root + path), answer.Body);
        Assert.Equal((await RawHttp.GetAsync(host.Port, path))["ETag"], answer["ETag"]);
    }

    /// <summary>The sheet is one of the checkout: old enough for its facts to be remembered, which a file of this minute is not.</summary>
    [Fact]
    public async Task A_remembered_copy_of_the_file_is_not_good_for_a_sheet_with_versions()
    {
        _versions["/css/theme.css"] = 1_700_000_000_003;
        using var host = await ServeAsync(Path.Combine(UnitTests.Architecture.Repository.Root, "samples", "hello"));
        var plain = await RawHttp.GetAsync(host.Port, "/css/site.css");
        Assert.Equal(304, (await RawHttp.GetAsync(host.Port, "/css/site.css", $"If-None-Match: {plain["ETag"]}")).Status);
        var stamped = await RawHttp.GetAsync(host.Port, "/css/site.css?t=1", $"If-None-Match: {plain["ETag"]}");
        Assert.Equal(200, stamped.Status);
        Assert.StartsWith("@import \"theme.css?t=1700000000003\";", stamped.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await RawHttp.GetAsync(host.Port, "/css/site.css", $"If-None-Match: {stamped["ETag"]}")).Status);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private async Task<KestrelHost> StartAsync()
    {
        Directory.CreateDirectory(Path.Combine(_root, "css"));
        void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(_root, "css", name), bytes);
        Write("site.css", Encoding.UTF8.GetBytes(Sheet));
        Write("site.txt", Encoding.UTF8.GetBytes(Sheet));
        Write("plain.css", "a{}"u8.ToArray());
        Write("unknown.css", [.. "/*"u8, 0xE9, .. "*/@import 'base.css';"u8]);
        Write("shift-jis.css", [.. "@charset \"shift_jis\";@import 'base.css';/*"u8, 0x83, 0x5C, .. "*/"u8]);
        Write("wide.css", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("@import 'base.css';")]);
        FileTick.Wait(_root);
        return await ServeAsync(_root);
    }

    private async Task<KestrelHost> ServeAsync(string root)
    {
        var stamp = new PageStamp(Inject: true, "0123456789abcdef", () => 0, Chat: false, Launcher: false);
        var locator = new SiteLocator(new SiteFolders(new SiteRoot(root, followLinks: false), []), dotfiles: false);
        var usage = new UsageGraph();
        var files = new SiteFiles(
            locator, stamp, usage, new UsageScan(locator, usage, (_, _) => { }), new SourceStore(), new SheetVersions(path => _versions.GetValueOrDefault(path)), (_, _) => { });
        return await KestrelHost.StartAsync(new LiveServeOptions { Root = root, Port = 0 }, files.HandleAsync);
    }
}
