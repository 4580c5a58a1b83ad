using Pvm2.Compare.Host.Engines;
using Pvm2.Compare.Host.Serving;

namespace Pvm2.Compare.Tests.Host;

/// <summary>Requests to a server and its answers.</summary>
internal static class Conversation
{
    /// <summary>What a server answers to some lines.</summary>
    public static string[] Hold(Func<IServedEngine> create, params string[] requests) => Hold(create, () => null, requests);

    /// <summary>What a server answers that may find an obstacle to measuring.</summary>
    public static string[] Hold(Func<IServedEngine> create, Func<string?> findObstacle, params string[] requests)
    {
        using var input = new StringReader(string.Join('\n', requests));
        using var output = new StringWriter();
        using (var server = new Server(create, findObstacle))
        {
            server.Serve(input, output);
        }

        return output.ToString().Split('\n')[..^1];
    }
}
