// Compiles a Jenkinsfile with Groovy and runs it with the sections and steps of a declarative pipeline that it may use: any other
// word is an error, as it is to Jenkins. Prints 'result CODE', then the steps in their order.
import org.codehaus.groovy.control.CompilerConfiguration

/** A section: words with a block or a value, that alone. */
class Section {
  static List<String> log = []
  static Map<String, String> variables = [:]
  static int code = 0
  List<String> words

  def run(Closure block, List<String> words) {
    block.delegate = new Section(words: words)
    block.resolveStrategy = Closure.DELEGATE_FIRST
    block()
  }

  def invokeMethod(String name, Object given) {
    def values = given as List
    if (!(name in words)) throw new MissingMethodException(name, Section, values as Object[])
    switch (name) {
      case 'pipeline': return run(values[0], ['agent', 'options', 'environment', 'stages', 'post'])
      case 'options': return run(values[0], ['disableConcurrentBuilds', 'skipDefaultCheckout', 'timeout'])
      case 'environment': return run(values[0], [])
      case 'stages': return run(values[0], ['stage'])
      case 'stage': return run(values[1], ['steps'])
      case 'steps':
        try { run(values[0], ['checkout', 'sh', 'scmGit', 'cloneOption']) } catch (IllegalStateException failed) { log << failed.message }
        return
      case 'post': return run(values[0], ['always'])
      case 'always': return run(values[0], ['junit', 'archiveArtifacts'])
      case 'sh':
        log << 'sh'
        def process = new ProcessBuilder('sh', '-xe', '-c', values[0] as String).redirectErrorStream(true)
        process.environment().putAll(variables.findAll { !System.getenv().containsKey(it.key) })
        process = process.start()
        process.inputStream.text
        code = process.waitFor()
        if (code != 0) throw new IllegalStateException('failed')
        return
      case 'checkout': log << "checkout ${values[0]}"; return
      case 'junit': case 'archiveArtifacts': log << "$name ${values[0]}"; return
      default: return values ? values[0] : null
    }
  }

  def getProperty(String name) {
    if (name == 'words') return this.@words
    if (name == 'any' && 'agent' in words) return name
    if (name == 'scm') return [branches: ['main'], extensions: [], userRemoteConfigs: [[url: 'u', credentialsId: 'c', refspec: '+refs/pull/1/head:refs/remotes/origin/PR-1']]]
    throw new MissingPropertyException(name, Section)
  }

  void setProperty(String name, Object value) {
    if (name == 'words') { this.@words = value; return }
    if (!this.@words.isEmpty()) throw new MissingPropertyException(name, Section)
    variables[name] = value as String
  }
}

abstract class Declarative extends Script {
  def pipeline(Closure block) { new Section(words: ['pipeline']).invokeMethod('pipeline', [block] as Object[]) }
}

def configuration = new CompilerConfiguration(scriptBaseClass: Declarative.name)
new GroovyShell(this.class.classLoader, new Binding(), configuration).evaluate(new File(args[0]))
println "result ${Section.code}"
Section.log.each { println it }
