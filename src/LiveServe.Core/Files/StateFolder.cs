using System.Security.Cryptography;

namespace LiveServe.Files;

/// <summary>Where what outlives a run is kept: a folder outside every site, whose files only this user can read.</summary>
/// <remarks>XDG Base Directory Specification (<c>XDG_STATE_HOME</c>) on Linux; the system's folder for local application data elsewhere.</remarks>
/// <param name="path">The folder, or <see langword="null"/> for the system's own place. It is created when something is first written.</param>
internal sealed class StateFolder(string? path)
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    /// <summary>The folder.</summary>
    public string FullPath { get; } = Path.GetFullPath(path ?? Default());

    /// <summary>The full path of one of its files.</summary>
    public string At(string name) => Path.Combine(FullPath, name);

    /// <summary>A file's text; <see langword="null"/> when there is no such file. What others could read is closed to them again.</summary>
    public string? Read(string name)
    {
        var file = At(name);
        if (!File.Exists(file))
        {
            return null;
        }

        Close(file);
        return File.ReadAllText(file);
    }

    /// <summary>Makes a file ready for a library to write into: it is there, if only empty, and only this user can read it.</summary>
    public void Prepare(string name)
    {
        var file = At(name);
        if (File.Exists(file))
        {
            Close(file);
            return;
        }

        Make();
        using var made = new FileStream(file, New(FileMode.OpenOrCreate));
    }

    /// <summary>Writes a file unless it is there already, whole or not at all; gives what is there then, ours or another process's.</summary>
    public string Create(string name, string text)
    {
        try
        {
            Write(name, text, overwrite: false);
            return text;
        }
        catch (IOException) when (File.Exists(At(name)))
        {
            return Read(name) ?? text;
        }
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    public void Replace(string name, string text) => Write(name, text, overwrite: true);

    private void Write(string name, string text, bool overwrite)
    {
        Make();
        var draft = At($".{name}.{RandomNumberGenerator.GetHexString(16)}");
        try
        {
            using (var writer = new StreamWriter(draft, New(FileMode.CreateNew)))
            {
                writer.Write(text);
            }

            File.Move(draft, At(name), overwrite);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private void Make()
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(FullPath))
        {
            Directory.CreateDirectory(FullPath);
        }
        else
        {
            Directory.CreateDirectory(FullPath, OwnFolder);
        }
    }

    // What others could read is closed to them again.
    private static void Close(string file)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~OwnFolder) != 0)
        {
            File.SetUnixFileMode(file, OwnFile);
        }
    }

    private static FileStreamOptions New(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnFile;
        }

        return options;
    }

    private static string Default()
    {
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        var parent = OperatingSystem.IsLinux()
            ? Path.IsPathFullyQualified(state ?? "") ? state! : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state")
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Path.Combine(parent, "liveserve");
    }
}
