namespace LiveServe.Cli;

/// <summary>Which files the last batches were about, so that a page's complaint can name the save it follows.</summary>
/// <remarks>Not for several threads: its owner holds a lock.</remarks>
internal sealed class RecentSaves
{
    private const int Kept = 50;

    private readonly Queue<(long Seq, string Files)> _batches = new();

    /// <summary>Files in words: up to three by name.</summary>
    public static string InWords(IReadOnlyList<string> files) => files.Count switch
    {
        1 => files[0],
        <= 3 => string.Join(", ", files),
        _ => $"{files[0]} and {files.Count - 1} more",
    };

    /// <summary>Notes a batch.</summary>
    public void Add(UpdateSent sent)
    {
        _batches.Enqueue((sent.Seq, InWords(sent.Files)));
        if (_batches.Count > Kept)
        {
            _batches.Dequeue();
        }
    }

    /// <summary>The files of a batch; <see langword="null"/> when it is not known, or was long ago.</summary>
    public string? FilesOf(long? seq) => _batches.FirstOrDefault(batch => batch.Seq == seq).Files;
}
