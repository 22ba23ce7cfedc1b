using Microsoft.Data.Sqlite;

namespace LiveServe.Chat.History;

/// <summary>What the tables are, version by version. A file of an earlier version is brought up; one of a later version is left alone.</summary>
internal static class HistorySchema
{
    /// <summary>Tells our files from those of other programs: "LSrv". SQLite's <c>application_id</c>.</summary>
    public const int ApplicationId = 0x4C537276;

    // Step n makes version n + 1 of version n. What is out is never changed: a further step is added.
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE room (
            epoch TEXT NOT NULL,                             -- names this run of numbers
            oldest INTEGER NOT NULL                          -- the first number that is kept, or the next one
        ) STRICT;
        CREATE TABLE message (
            seq INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,                             -- when it was sent, in ms since 1970
            user TEXT NOT NULL,                              -- who sent it
            cid TEXT,                                        -- what its sender calls it
            is_change INTEGER NOT NULL,                      -- 1 for an edit or a deletion of another message
            json TEXT NOT NULL CHECK (json_valid(json))      -- the protocol's object as it is now, with its cid
        ) STRICT;
        CREATE UNIQUE INDEX message_by_cid ON message (user, cid) WHERE cid IS NOT NULL;
        CREATE TABLE person (
            secret TEXT PRIMARY KEY,                         -- SHA-256 of the browser's secret
            user TEXT NOT NULL,
            name TEXT NOT NULL,
            tag TEXT NOT NULL,
            seen INTEGER NOT NULL                            -- when they were last written here, in ms since 1970
        ) STRICT, WITHOUT ROWID;
        """,
    ];

    /// <summary>The version that this program writes. SQLite's <c>user_version</c>.</summary>
    public static int Version => Steps.Length;

    /// <summary>Brings a database to this version, in one transaction.</summary>
    /// <exception cref="ForeignHistoryException">It belongs to another program, or to a later version of this one.</exception>
    public static void Migrate(SqliteConnection database)
    {
        var version = Number(database, "PRAGMA user_version");
        var isNew = Number(database, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew && Number(database, "PRAGMA application_id") != ApplicationId)
        {
            throw new ForeignHistoryException("it belongs to another program");
        }

        if (version > Version)
        {
            throw new ForeignHistoryException("a later version of liveserve wrote it");
        }

        // Also when nothing is to be done: whoever may not write finds out now, and not at the first message. What was begun ends with the connection.
        Run(database, "BEGIN IMMEDIATE");
        foreach (var step in Steps.Skip((int)version))
        {
            Run(database, step);
        }

        Run(database, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT");
    }

    /// <summary>Runs constant SQL.</summary>
    public static void Run(SqliteConnection database, string sql)
    {
        using var statement = new Statement(database, sql);
        statement.Run();
    }

    private static long Number(SqliteConnection database, string sql)
    {
        using var statement = new Statement(database, sql);
        return (long)statement.Value()!;
    }
}

/// <summary>A file that is a database, and not one that we may write.</summary>
internal sealed class ForeignHistoryException(string message) : Exception(message);
