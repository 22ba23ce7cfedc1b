namespace LiveServe.Cli;

/// <summary>What a key asks for.</summary>
internal enum Key
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary><c>o</c>: the browser.</summary>
    Open,

    /// <summary><c>r</c>: all pages again.</summary>
    Reload,

    /// <summary><c>u</c>: where it is.</summary>
    Urls,

    /// <summary><c>l</c>: which pages are open.</summary>
    Pages,

    /// <summary><c>p</c>: changes wait, or go on.</summary>
    Pause,

    /// <summary><c>c</c>: an empty screen.</summary>
    Clear,

    /// <summary><c>q</c>: the end.</summary>
    Quit,

    /// <summary><c>h</c>: which keys there are.</summary>
    Help,
}

/// <summary>The keyboard of a terminal, read on a thread of its own that waits and costs nothing.</summary>
internal static class Keys
{
    /// <summary>What <c>h</c> shows.</summary>
    public const string Help = "o open   r reload all pages   u addresses   l pages   p pause   c clear   q quit";

    /// <summary>Whether somebody can press one: both ends are a terminal.</summary>
    public static bool AreThere => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Hands over each key that means something, until the keyboard is gone.</summary>
    public static void Listen(Action<Key> pressed)
    {
        var thread = new Thread(() =>
        {
            try
            {
                while (true)
                {
                    if (Of(Console.ReadKey(intercept: true).KeyChar) is var key and not Key.None)
                    {
                        pressed(key);
                    }
                }
            }
            catch (Exception gone) when (gone is InvalidOperationException or IOException)
            {
                // The terminal was closed, and with it the keyboard.
            }
        })
        {
            IsBackground = true,
            Name = "keys",
        };
        thread.Start();
    }

    /// <summary>What a character means.</summary>
    public static Key Of(char character) => char.ToLowerInvariant(character) switch
    {
        'o' => Key.Open,
        'r' => Key.Reload,
        'u' => Key.Urls,
        'l' => Key.Pages,
        'p' => Key.Pause,
        'c' => Key.Clear,
        'q' => Key.Quit,
        'h' or '?' => Key.Help,
        _ => Key.None,
    };
}
