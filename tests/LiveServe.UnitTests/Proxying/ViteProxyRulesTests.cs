using LiveServe.Proxying;

namespace LiveServe.UnitTests.Proxying;

public sealed class ViteProxyRulesTests
{
    [Theory]
    [InlineData("'/api': 'http://localhost:3000'", "/api http://localhost:3000/api")]
    [InlineData("\"/api\": \"http://localhost:3000\",", "/api http://localhost:3000/api")]
    [InlineData("`/api`: `http://localhost:3000`", "/api http://localhost:3000/api")]
    [InlineData("'/ws': { target: 'ws://localhost:3000', ws: true }", "/ws http://localhost:3000/ws")]
    [InlineData("'/ws': { ws: true, changeOrigin: true, 'target': 'wss://example.com' }", "/ws https://example.com/ws")]
    [InlineData("'/api': { target: 'http://localhost:3000', rewrite: path => path.replace(/^\\/api/, '') }", "/api http://localhost:3000/")]
    [InlineData("'/api': { target: 'http://localhost:3000/', rewrite: (path) => path.replace(/^\\/api/, '/v2'), }", "/api http://localhost:3000/v2")]
    [InlineData("'/api': { target: 'http://localhost:3000/base', rewrite: (p: string) => p.replace('/api', '') }", "/api http://localhost:3000/base")]
    [InlineData("'/api': { target: 'http://localhost:3000', rewrite: (path) => path.replace(/^\\/api\\//, '/') }", "/api http://localhost:3000/")]
    [InlineData("'/api/v1': { target: 'http://localhost:3000', rewrite: (path) => path.replace(/^\\/api/, '') }", "/api/v1 http://localhost:3000/v1")]
    [InlineData("'/api': 'http://localhost:3000/base'", "/api http://localhost:3000/base/api")]
    [InlineData("'/a': 'http://h', // '/b': 'http://i'\n /* '/c': 'http://j' */ '/d': 'http://k'", "/a http://h/a|/d http://k/d")]
    [InlineData("'/socket.io': { target: 'ws://localhost:4000', ws: true, configure: (proxy, options) => { proxy.on('error', e => { log({ target: 'x' }); }); } }", "/socket.io http://localhost:4000/socket.io")]
    public void What_is_literal_is_taken(string entries, string rules) => Assert.Equal(rules, Text(Read(entries)));

    [Theory]
    [InlineData("'^/api/.*': 'http://localhost:3000'", "^/api/.*, which is a pattern")]
    [InlineData("'/api': target", "/api, which is not literal")]
    [InlineData("'/api': 'http://localhost:' + port", "/api, which is not literal")]
    [InlineData("'/api': `http://localhost:${port}`", "/api, which is not literal")]
    [InlineData("'/api': process.env.API ?? 'http://localhost:3000'", "/api, which is not literal")]
    [InlineData("'/api': { target: process.env.API }", "/api, which is not literal")]
    [InlineData("'/api': { target: 'http://localhost:3000', rewrite: path => path.toLowerCase() }", "/api, which is not literal")]
    [InlineData("'/api': { target: 'http://localhost:3000', rewrite: path => path.replace(/^\\/api\\d/, '') }", "/api, which is not literal")]
    [InlineData("'/api': { target: 'http://localhost:3000', rewrite: path => path.replace(/^\\/api/i, '') }", "/api, which is not literal")]
    [InlineData("'/api': { target: 'http://localhost:3000', rewrite: path => path.replace(/^\\/other/, '') }", "/api, which is not literal")]
    [InlineData("'/api': { target: 'http://localhost:3000', rewrite: path => other.replace(/^\\/api/, '') }", "/api, which is not literal")]
    [InlineData("'/api': { target: 'http://localhost:3000', rewrite: path => path.replace(/^\\/api/, 'evil.example') }", "/api, which is not literal")]
    [InlineData("'/api': { target: 'http://localhost:3000', bypass(req) { return '/x'; } }", "/api, which is not literal")]
    [InlineData("'/api': { target: 'http://localhost:3000', bypass: req => '/x' }", "/api, which is not literal")]
    [InlineData("'/api': { target: 'http://localhost:3000', ...more }", "/api, which is not literal")]
    [InlineData("'/api': { target: 'ftp://localhost' }", "/api, which is not literal")]
    [InlineData("'/__liveserve': 'http://localhost:3000'", "/__liveserve, which is not literal")]
    [InlineData("[key]: 'http://localhost:3000'", "an entry without a literal key")]
    [InlineData("...rules", "an entry without a literal key")]
    public void What_is_not_literal_is_left_out_and_said(string entries, string said)
    {
        var read = Read(entries);
        Assert.Empty(read.Rules);
        Assert.Equal([said], read.LeftOut);
    }

    [Theory]
    [InlineData("'/api': { target: 'https://h', secure: false }", "secure: false of /api, which is --proxy-insecure here")]
    [InlineData("'/api': { target: 'https://h', headers: { a: 'b' } }", "headers of /api")]
    [InlineData("'/api': { target: 'https://h', configure: p => {} }", "configure of /api")]
    public void An_option_that_is_not_ours_is_said(string entries, string said)
    {
        var read = Read(entries);
        Assert.Single(read.Rules);
        Assert.Equal([said], read.LeftOut);
    }

    [Theory]
    [InlineData("export default { server: { proxy: { '/api': 'http://h' } } }", "/api http://h/api")]
    [InlineData("export default { server: { port: 1, proxy: { '/api': 'http://h' }, host: true }, plugins: [react()] }", "/api http://h/api")]
    [InlineData("export default { preview: { proxy: { '/api': 'http://h' } } }", "")]
    [InlineData("export default { proxy: { '/api': 'http://h' } }", "")]
    [InlineData("const s = \"server: { proxy: { '/api': 'http://h' } }\";", "")]
    [InlineData("module.exports = defineConfig(({ mode }) => { const x = /[{]/; return { 'server': { 'proxy': { '/api': 'http://h' } } }; })", "/api http://h/api")]
    [InlineData("server: { proxy: {", "")]
    [InlineData("export default { server: { proxy: { '/api': 'http://h', '/b': \"unterminated", "/api http://h/api")]
    [InlineData("", "")]
    [InlineData("}}}})))]]] { server: { proxy: { '/api': 'http://h' } } }", "/api http://h/api")]
    public void Rules_are_found_where_Vite_has_them(string text, string rules) => Assert.Equal(rules, Text(ViteProxyRules.Read(text)));

    [Theory]
    [InlineData("export default { server: { proxy: rules } }")]
    [InlineData("export default { server: { proxy } }")]
    public void Rules_that_are_elsewhere_are_said(string text) =>
        Assert.Equal(["server.proxy, which is not written out there"], ViteProxyRules.Read(text).LeftOut);

    [Fact]
    public void Anything_is_read_without_throwing()
    {
        string[] parts = ["server", "proxy", ":", "{", "}", "'/api'", "'http://h'", ",", "(", ")", "=>", "path", ".", "replace", "/^\\/api/", "[", "]", "...", "`", "${", "target", "rewrite", "\\", "'", "/", "é"];
        var random = new Random(20261125);
        for (var round = 0; round < 5_000; round++)
        {
            ViteProxyRules.Read("server: { proxy: {" + string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => parts[random.Next(parts.Length)])));
        }
    }

    private static ViteProxyRules Read(string entries) =>
        ViteProxyRules.Read($"import {{ defineConfig }} from 'vite';\nexport default defineConfig({{ server: {{ proxy: {{ {entries} }} }} }});");

    private static string Text(ViteProxyRules read) => string.Join('|', read.Rules.Select(rule => $"{rule.Route} {rule.Target.AbsoluteUri}"));
}
