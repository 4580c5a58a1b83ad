using Pvm2.Compare.Host.Engines;
using Pvm2.Compare.Host.Serving;
using Pvm2.Measuring;
using System.Text;

namespace Pvm2.Compare.Host.Commands;

/// <summary><c>serve ENGINE</c>: speaks the protocol on the standard streams.</summary>
internal static class ServeCommand
{
    /// <summary>Serves until the end of the input.</summary>
    public static ExitCode Run(Func<IServedEngine> create)
    {
        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        using var server = new Server(create, BuildCheck.FindObstacle);
        server.Serve(input, output);
        return ExitCode.Success;
    }
}
