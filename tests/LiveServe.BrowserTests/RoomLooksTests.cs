using LiveServe.IntegrationTests.Harness;
using Microsoft.Playwright;

namespace LiveServe.BrowserTests;

/// <summary>The panel for all who use it: by eye, by ear, by keyboard, on a narrow screen.</summary>
public sealed class RoomLooksTests(Chromium chromium)
{
    private const string Root = "document.querySelector('liveserve-chat').shadowRoot";

    // WCAG 2.2: the ratio of two colours, with the ground found by walking up; gradients count by their first colour.
    private const string LowContrast = """
        () => {
          const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
          const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
          const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const over = (top, below) => top.slice(0, 3).map((c, i) => c * top[3] / 255 + below[i] * (1 - top[3] / 255)).concat(255);
          const ground = element => {
            const layers = [];
            for (let at = element; at; at = at.parentElement) {
              const style = getComputedStyle(at);
              const gradient = /(?:rgba?|color|oklch)\([^)]*\)/.exec(style.backgroundImage)?.[0];
              layers.push(rgb(gradient ?? style.backgroundColor));
              if (layers.at(-1)[3] === 255) break;
            }
            return layers.reduceRight((below, top) => over(top, below), [255, 255, 255, 255]);
          };
          const root = document.querySelector('liveserve-chat').shadowRoot;
          const low = [];
          for (const element of root.querySelectorAll('.panel *')) {
            const text = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
            if (!text || !element.checkVisibility() || getComputedStyle(element).opacity === '0') continue;
            const behind = ground(element);
            const [a, b] = [light(over(rgb(getComputedStyle(element).color), behind)), light(behind)].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            if (ratio < 4.5) low.push(`${element.className} "${element.textContent.slice(0, 20)}" ${ratio.toFixed(2)}`);
          }
          return low;
        }
        """;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_text_stands_out_and_so_does_every_persons_colour(ColorScheme scheme)
    {
        await using var site = await TestSite.StartAsync();
        await RawPerson.FillAsync(site, 240, i => i % 10 == 0 ? $"hello {i} `code` http://a.example and [other](http://b.example)" : $"{i}"); // 24 people
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann", await chromium.NewProfileAsync(new() { ColorScheme = scheme }));
        await ann.SayAsync("mine, with `code` and http://a.example");
        await ann.SayAsync("```js\nlet a\n```");
        await ann.Log.Locator("pre").WaitForAsync();
        await ann.ReadAllAsync();
        await ann.Page.Locator(".people-button").ClickAsync();
        Assert.True(await ann.Open.AskAsync<int>($"() => new Set([...{Root}.querySelectorAll('.row')].map(row => row.style.getPropertyValue('--hue'))).size") > 8);
        await ann.Page.WaitForFunctionAsync($"() => {Root}.getAnimations().every(animation => animation.playState === 'finished')");
        Assert.Empty(await ann.Open.AskAsync<string[]>(LowContrast));
    }

    [Theory]
    [InlineData(320, 560)]
    [InlineData(640, 360)] // 200 % of 1280 by 720
    [InlineData(1280, 800)]
    public async Task Nothing_is_cut_off_at_any_width(int width, int height)
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<!doctype html><meta name=viewport content='width=device-width'><p>x"));
        foreach (var path in new[] { "/", "/__liveserve/chat" })
        {
            var profile = await chromium.NewProfileAsync(new() { ViewportSize = new() { Width = width, Height = height } });
            await using var ann = path == "/" ? await RoomPage.EnterAtAsync(chromium, site, path, "Ann", profile) : await RoomPage.EnterAsync(chromium, site, "Ann", profile);
            await ann.SayAsync($"hello at {path}.");
            await ann.SeesAsync($"hello at {path}.");
            foreach (var part in new[] { ann.Name, ann.Message, ann.Send, ann.Page.Locator(".people-button"), ann.Row($"hello at {path}.") })
            {
                var box = (await part.BoundingBoxAsync())!;
                Assert.True(box.X >= 0 && box.Y >= 0 && box.X + box.Width <= width + 0.5 && box.Y + box.Height <= height + 0.5, $"{path} {box.X},{box.Y} {box.Width}x{box.Height}");
            }

            Assert.True(await ann.Open.AskAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        }
    }

    [Fact]
    public async Task A_screen_reader_hears_what_comes_and_neither_the_past_nor_ones_own_words()
    {
        await using var site = await TestSite.StartAsync();
        await RawPerson.FillAsync(site, 5, i => $"before {i}");
        var profile = await chromium.NewProfileAsync();

        // What a live region says: nodes that are added to it while it is on, unless something between says off.
        await profile.AddInitScriptAsync("""
            window.heard = [];
            const isOn = node => { const live = node.closest('[aria-live]'); return live !== null && live.getAttribute('aria-live') !== 'off'; };
            document.addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
              const root = document.querySelector('liveserve-chat')?.shadowRoot;
              if (!root || window.watching) return;
              window.watching = new MutationObserver(changes => {
                for (const { addedNodes } of changes) for (const node of addedNodes) {
                  const element = node.nodeType === 1 ? node : node.parentElement;
                  const row = element?.classList?.contains('entry') ? element.querySelector('[aria-live]') ?? element : element;
                  if (element?.closest('[role=log]') && isOn(row)) heard.push(row.textContent);
                }
              });
              watching.observe(root, { childList: true, subtree: true });
            }).observe(document, { childList: true, subtree: true }));
            """);
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann", profile);
        await ann.SeesAsync("before 4");
        await ann.Page.WaitForFunctionAsync($"() => {Root}.querySelector('[role=log]').getAttribute('aria-live') === 'polite'");
        await ann.SayAsync("my own");
        await ann.SeesAsync("my own");
        await RawPerson.FillAsync(site, 1, _ => "from somebody");
        await ann.SeesAsync("from somebody");
        var heard = await ann.Open.AskAsync<string[]>("() => heard");
        Assert.Single(heard, text => text.Contains("from somebody", StringComparison.Ordinal));
        Assert.DoesNotContain(heard, text => text.Contains("before", StringComparison.Ordinal) || text.Contains("my own", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everything_is_reached_by_the_keyboard_and_Escape_closes()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<!doctype html><p>x"));
        await using var ann = await RoomPage.EnterAtAsync(chromium, site, "/", "Ann");
        await ann.SayAsync("first http://a.example");
        await ann.SeesAsync("first");
        await ann.Log.FocusAsync();
        await ann.Page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(ann.Row("first")).ToBeFocusedAsync();
        await ann.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("A", await ann.Open.AskAsync<string>($"() => {Root}.activeElement.tagName"));
        await ann.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(ann.Page.GetByRole(AriaRole.Button, new() { Name = "Reply" })).ToBeFocusedAsync();
        await ann.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(ann.Message).ToBeFocusedAsync();
        await ann.Page.Keyboard.PressAsync("Escape"); // the reply
        Assert.True(await ann.Page.Locator(".chip").First.IsHiddenAsync());
        await ann.Page.Keyboard.PressAsync("Escape"); // the panel
        await Assertions.Expect(ann.Page.Locator(".launcher")).ToBeFocusedAsync();
        await ann.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(ann.Message).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_came_unseen_is_counted_in_the_title_or_on_the_button()
    {
        await using var site = await TestSite.StartAsync(null, ("index.html", "<!doctype html><title>mine</title><p>x"));
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        await SetHiddenAsync(ann, true);
        await RawPerson.FillAsync(site, 2, i => $"unseen {i}");
        await ann.Page.WaitForFunctionAsync("() => document.title.startsWith('(2) ')");
        await SetHiddenAsync(ann, false);
        await ann.Page.WaitForFunctionAsync("() => document.title.startsWith('Room')");

        await using var bob = await RoomPage.EnterAtAsync(chromium, site, "/", "Bob");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Close the room" }).ClickAsync();
        await RawPerson.FillAsync(site, 3, i => $"news {i}");
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Open the room, 3 new" }).WaitForAsync();
        Assert.Equal("mine", await bob.Page.TitleAsync()); // that is the page's own
        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Open the room, 3 new" }).ClickAsync();
        await bob.SeesAsync("news 2");
    }

    [Fact]
    public async Task Names_that_look_alike_are_told_apart()
    {
        await using var site = await TestSite.StartAsync();
        await using var ann = await RoomPage.EnterAsync(chromium, site, "Ann");
        using var bob = await RawPerson.EnterAsync(site, "Bob");
        await bob.SayAsync("as Bob");
        using var other = await RawPerson.EnterAsync(site, "\u0410nn"); // a Cyrillic letter
        await other.SayAsync("as another Ann");
        await ann.SeesAsync("as another Ann");
        Assert.Equal(1, await ann.Row("as another Ann").Locator(".tag").CountAsync());
        Assert.Equal(0, await ann.Row("as Bob").Locator(".tag").CountAsync());
    }

    private static Task SetHiddenAsync(RoomPage room, bool hidden) => room.Page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", hidden);
}
